import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeByHand } from '../lab/others.ts';
import { expectImages, modelOf, writes } from '../lab/judge.ts';
import { NEW, OLD, startLab, SUBSCRIPTION, WEB } from '../lab/lab.ts';
import type { Lab, LabOptions, Reply } from '../lab/lab.ts';
import { startTokens } from '../lab/signed.ts';
import type { Tokens } from '../lab/signed.ts';

let tokens: Tokens;
beforeAll(async () => {
  tokens = await startTokens();
});
afterAll(async () => {
  await tokens[Symbol.asyncDispose]();
});

const RULE = { name: 'production', tags: { environment: ['production', 'live'] }, leastQuorum: 2 };
const STRICT = { rules: [{ ...RULE, leastSoakSeconds: 600, approvalBefore: 'rollout' }] };

const requester = () => tokens.sign({ user: 'grace', roles: ['requester'] });
const ask = async (lab: Lab, spec: object, path = '/rollouts'): Promise<Reply> =>
  tokens.ask(lab, await requester(), 'POST', path, spec);

/** One scale set with these tags, under a policy. */
async function under(policy: object, tags: Record<string, string>, options: LabOptions = {}): Promise<Lab> {
  const lab = await startLab({ count: 5, tags, ...options });
  await setPolicy(lab, policy);
  return lab;
}

async function setPolicy(lab: Lab, policy: object, number = 0): Promise<void> {
  tokens.bind(false);
  const put = await lab.call('PUT', '/policy', { policy }, { 'if-match': `"policy-${number}"` });
  expect(put.status).toBe(200);
  tokens.bind(true);
}

const asked = (lab: Lab): number => lab.log.filter(({ kind }) => kind === 'request').length;
const FORWARD = { scaleSet: WEB, change: { image: { version: NEW } }, soakSeconds: 0 };

describe('a rule by tag', () => {
  // Feature [Control] Rules may hold for scale sets by tag, as Azure shows it when a rollout is asked for (issue 14)
  //   shown by: a rule by tag > holds for Environment=Production
  it.each([
    ['environment', 'production'],
    ['Environment', 'Production'],
    ['ENVIRONMENT', 'live'],
  ])('holds for %s=%s', async (name, value) => {
    await using lab = await under(STRICT, { team: 'shop', [name]: value });
    for (const path of ['/rollouts', '/plans']) {
      const { status, body } = await ask(lab, FORWARD, path);
      expect({ status, code: body.code }, path).toEqual({ status: 422, code: 'againstPolicy' });
      expect(body.errors.map(({ path: field }: { path: string }) => field)).toEqual([
        'approvals.before',
        'approvals.quorum',
        'soakSeconds',
      ]);
    }
  });

  it.each([{}, { environment: 'test' }, { production: 'environment' }, { 'environment.name': 'production' }])(
    'does not hold for %o',
    async (tags) => {
      await using lab = await under(STRICT, tags);
      expect((await ask(lab, FORWARD)).status).toBe(202);
    },
  );

  it('goes by the tag of this moment, however it came to be', async () => {
    await using lab = await under(STRICT, { environment: 'test' });
    await writeByHand(lab, 'PATCH', { tags: { environment: 'live' } });
    expect((await ask(lab, FORWARD)).status).toBe(422);
    await writeByHand(lab, 'PATCH', { tags: {} });
    expect((await ask(lab, FORWARD)).status).toBe(202);
  });

  it('holds only where its scopes hold, too', async () => {
    const scopes = [`/subscriptions/${SUBSCRIPTION}/resourceGroups/other`];
    await using lab = await under({ rules: [{ ...RULE, scopes }] }, { environment: 'live' });
    const before = asked(lab);
    expect((await ask(lab, FORWARD)).status).toBe(202);
    // A tag that decides nothing there is not asked for.
    expect(asked(lab)).toBe(before);
  });

  it('refuses to guess: while Azure does not show the tags, nothing is accepted', async () => {
    const faults: LabOptions['faults'] = [{ kind: 'unreachable', fromSeconds: 0, untilSeconds: 600 }];
    await using lab = await under(STRICT, { environment: 'test' }, { faults });
    expect(await ask(lab, FORWARD)).toMatchObject({ status: 502, body: { code: 'armUnreachable' } });
    await lab.host.advance(700_000);
    expect((await ask(lab, FORWARD)).status).toBe(202);
  });
});

describe('scale sets that are allowed by tag', () => {
  const ALLOWED = { rules: [], allowedTags: { rollouts: ['allowed'] } };

  // Feature [Control] Rollouts may be allowed by tag: a scale set that nobody has tagged so is left alone (issue 14)
  it('are those that have it', async () => {
    await using lab = await under(ALLOWED, { rollouts: 'allowed' });
    const [, , subscription = '', , group = ''] = WEB.split('/');
    const bearer = await requester();
    const ofSet = `/scale-sets/${subscription}/${group}/web`;
    expect((await tokens.ask(lab, bearer, 'GET', ofSet)).body.denied).toBeUndefined();
    expect((await ask(lab, FORWARD)).status).toBe(202);
    await using other = await under(ALLOWED, { rollouts: 'no' });
    for (const path of ['/rollouts', '/plans'])
      expect(await ask(other, FORWARD, path)).toMatchObject({ status: 403, body: { code: 'outOfScope' } });
    expect(writes(other.log)).toEqual([]);
    const message = 'the policy allows no rollouts over this scale set';
    expect((await tokens.ask(other, bearer, 'GET', ofSet)).body.denied).toEqual([
      { act: 'plan', message },
      { act: 'start', message },
    ]);
  });

  it('outside the scopes are refused before their tags are read', async () => {
    const allowedScopes = [`/subscriptions/${SUBSCRIPTION}/resourceGroups/other`];
    await using lab = await under({ ...ALLOWED, allowedScopes }, { rollouts: 'allowed' });
    expect((await ask(lab, FORWARD)).body).toMatchObject({ code: 'outOfScope' });
    expect(asked(lab)).toBe(0);
  });
});

describe('a tag that the policy reads', () => {
  const before = { environment: 'test', team: 'shop' };

  // Feature [Control] Whoever retags a scale set during a rollout stops it: other rules may hold there now (issue 14)
  //   shown by: a tag that the policy reads > that somebody changes in settling is followed by no write
  it.each(['settling', 'soaking'])('that somebody changes in %s is followed by no write', async (phase) => {
    await using lab = await under(STRICT, before);
    const { body } = await ask(lab, { ...FORWARD, soakSeconds: 300 });
    tokens.bind(false);
    await lab.until(body.id, phase);
    await writeByHand(lab, 'PATCH', { tags: { environment: 'production', team: 'shop' } });
    const sent = writes(lab.log).length;
    const end = await lab.toEnd(body.id);
    expect(end).toMatchObject({ phase: 'halted', failure: { code: 'conflict' } });
    expect(end.failure.message).toContain('environment');
    expect(writes(lab.log)).toHaveLength(sent);
  });

  it('that somebody changes before the first write is followed by none', async () => {
    await using lab = await under(STRICT, before);
    const approvals = { before: 'rollout', allowRequester: true };
    const { body } = await ask(lab, { ...FORWARD, approvals });
    tokens.bind(false);
    await lab.until(body.id, 'waiting');
    await writeByHand(lab, 'PATCH', { tags: { environment: 'live' } });
    const sent = writes(lab.log).length;
    await lab.send(body.id, 'approve', {}, 'eve');
    expect(await lab.toEnd(body.id)).toMatchObject({ phase: 'halted', failure: { code: 'conflict' } });
    expect(writes(lab.log)).toHaveLength(sent);
  });

  it('does not keep a rollback from what it restores', async () => {
    await using lab = await under(STRICT, before);
    const { body } = await ask(lab, { ...FORWARD, soakSeconds: 300 });
    tokens.bind(false);
    await lab.until(body.id, 'soaking');
    await lab.send(body.id, 'rollback');
    await writeByHand(lab, 'PATCH', { tags: { environment: 'live' } });
    expect((await lab.toEnd(body.id)).phase).toBe('rolledBack');
    expectImages(lab, OLD);
  });

  it('is not one of the others: those may change', async () => {
    await using lab = await under(STRICT, before);
    const { body } = await ask(lab, { ...FORWARD, soakSeconds: 300 });
    tokens.bind(false);
    await lab.until(body.id, 'soaking');
    await writeByHand(lab, 'PATCH', { tags: { environment: 'test', team: 'sales', patched: 'today' } });
    expect((await lab.toEnd(body.id)).phase).toBe('succeeded');
    expectImages(lab, NEW);
  });
});

describe('a rollout that changes tags', () => {
  const changes: readonly (readonly [what: string, change: object])[] = [
    ['sets it', { set: { 'tags.environment': 'test' } }],
    ['sets it in other letters', { set: { 'Tags.ENVIRONMENT': 'test' } }],
    ['sets all of them', { set: { tags: { team: 'shop' } } }],
    ['removes it', { remove: ['tags.environment'] }],
    ['removes all of them', { remove: ['tags'] }],
  ];
  const good = { scaleSet: WEB, soakSeconds: 600, approvals: { before: 'rollout', quorum: 2 } };
  const live = { environment: 'live' };

  // Feature [Control] To change a tag that the policy reads takes an admin, through this tool as well (issue 14)
  //   shown by: a rollout that changes tags > takes an admin where it sets it
  it.each(changes)('takes an admin where it %s', async (_, change) => {
    await using lab = await under(STRICT, live);
    for (const roles of [['requester'], ['operator'], ['requester', 'approver', 'operator']]) {
      const bearer = await tokens.sign({ user: 'grace', roles });
      const answer = await tokens.ask(lab, bearer, 'POST', '/rollouts', { ...good, change });
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
      expect(answer.body.detail).toContain('you need the role admin to change a tag that the policy reads');
    }
    expect(writes(lab.log)).toEqual([]);
    const bearer = await tokens.sign({ user: 'root', roles: ['operator', 'admin'] });
    expect((await tokens.ask(lab, bearer, 'POST', '/rollouts', { ...good, change })).status).not.toBe(403);
  });

  it('is judged before and not stopped by its own change, nor undone without an admin', async () => {
    await using lab = await under({ rules: [RULE] }, { environment: 'test' });
    const bearer = await tokens.sign({ user: 'root', roles: ['operator', 'admin'] });
    const change = { image: { version: NEW }, set: { 'tags.environment': 'live', 'tags.team': 'shop' } };
    const { status, body } = await tokens.ask(lab, bearer, 'POST', '/rollouts', { scaleSet: WEB, change });
    expect(status).toBe(202);
    tokens.bind(false);
    expect((await lab.toEnd(body.id)).phase).toBe('succeeded');
    expectImages(lab, NEW);
    expect(modelOf(lab).tags).toEqual({ environment: 'live', team: 'shop' });
    tokens.bind(true);
    const undo = { scaleSet: WEB, rollbackOf: body.id, approvals: { before: 'rollout', quorum: 2 } };
    expect(await ask(lab, undo)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await tokens.ask(lab, bearer, 'POST', '/rollouts', undo)).status).toBe(202);
  });

  it('takes no admin where the policy does not read them', async () => {
    await using lab = await under(STRICT, { environment: 'test' });
    expect((await ask(lab, { scaleSet: WEB, change: { set: { 'tags.team': 'sales' } } })).status).toBe(202);
  });
});
