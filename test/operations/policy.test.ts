import { describe, expect, it } from 'vitest';
import { acceptedUpgrades, expectImages } from '../lab/judge.ts';
import { NEW, startLab, SUBSCRIPTION, WEB } from '../lab/lab.ts';
import type { Lab, Reply } from '../lab/lab.ts';

const GROUP = WEB.split('/providers/')[0] ?? '';

const put = (lab: Lab, policy: unknown, etag = '"policy-0"'): Promise<Reply> =>
  lab.call('PUT', '/policy', { policy, reason: 'audit' }, { 'if-match': etag });

/** The same scale set, by where it is and by its tag. */
const AREAS = {
  scope: { scopes: [GROUP.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions')] },
  tag: { tags: { environment: ['production'] } },
} as const;

const WANTED = {
  name: 'production',
  approvalBefore: 'batch',
  leastQuorum: 2,
  requesterApproves: false,
  maxUnavailablePercent: 10,
  leastSoakSeconds: 600,
};
const STRICT = { ...WANTED, ...AREAS.scope };

const GOOD = {
  scaleSet: WEB,
  approvals: { before: 'batch', quorum: 2, allowRequester: false },
  strategy: { maxUnavailable: '10%' },
  soakSeconds: 600,
};

async function underPolicy(policy: unknown): Promise<Lab> {
  const lab = await startLab({ tags: { Environment: 'Production' } });
  expect((await put(lab, policy)).status).toBe(200);
  return lab;
}

/** Both ways to ask for it, and what Azure was asked meanwhile: where the policy reads tags, those once each. */
async function refused(lab: Lab, spec: unknown, reads = 0): Promise<readonly Reply[]> {
  const replies = [await lab.call('POST', '/rollouts', spec), await lab.call('POST', '/plans', spec)];
  const asked = lab.log.flatMap((entry) => (entry.kind === 'request' ? [entry.method] : []));
  expect(asked).toEqual(Array.from({ length: reads }, () => 'GET'));
  return replies;
}

describe.each(['scope', 'tag'] as const)('a rollout under a policy by %s', (by) => {
  // Feature [Control] What a requester cannot weaken: approvals, quorum, soak and how many may be down, by scope and by tag (issue 14)
  //   shown by: a rollout under a policy by scope > is refused where it is weaker: approvals.quorum
  //   shown by: a rollout under a policy by tag > is refused where it is weaker: approvals.quorum
  it.each<[path: string, weaker: Record<string, unknown>]>([
    ['approvals.before', { approvals: { ...GOOD.approvals, before: 'none' } }],
    ['approvals.before', { approvals: { ...GOOD.approvals, before: 'rollout' } }],
    ['approvals.before', { approvals: { ...GOOD.approvals, before: [0, 1, 2, 3, 4] } }],
    ['approvals.quorum', { approvals: { ...GOOD.approvals, quorum: 1 } }],
    ['approvals.allowRequester', { approvals: { ...GOOD.approvals, allowRequester: true } }],
    ['approvals.onTimeout', { approvals: { ...GOOD.approvals, onTimeout: 'approve' } }],
    ['soakSeconds', { soakSeconds: 599 }],
    ['strategy.maxUnavailable', { strategy: { maxUnavailable: '11%' } }],
    ['strategy.maxUnavailable', { strategy: { maxUnavailable: 2 } }],
    ['strategy.maxUnavailable', { strategy: {} }],
  ])('is refused where it is weaker: %s', async (path, weaker) => {
    await using lab = await underPolicy({ rules: [{ ...WANTED, ...AREAS[by] }] });
    for (const { status, body } of await refused(lab, { ...GOOD, ...weaker }, by === 'tag' ? 2 : 0)) {
      expect(status).toBe(422);
      expect(body).toMatchObject({ code: 'againstPolicy', errors: [{ path }] });
      expect(body.detail).toContain('the policy "production"');
    }
  });

  it('lets no gate open by itself, whatever else the rule wants', async () => {
    await using lab = await underPolicy({
      rules: [{ name: 'people', ...AREAS[by], timeoutApproves: false }],
    });
    const approvals = { before: [0], onTimeout: 'approve' };
    for (const { status, body } of await refused(lab, { scaleSet: WEB, approvals }, by === 'tag' ? 2 : 0))
      expect({ status, path: body.errors[0].path }).toEqual({ status: 422, path: 'approvals.onTimeout' });
    expect((await lab.call('POST', '/rollouts', { scaleSet: WEB, approvals: { before: [0] } })).status).toBe(
      202,
    );
  });

  it('is as strict for an action on instances', async () => {
    await using lab = await underPolicy({ rules: [{ ...WANTED, ...AREAS[by] }] });
    const path = WEB.split('/');
    const set = `/scale-sets/${path[2] ?? ''}/${path[4] ?? ''}/web`;
    expect(await lab.call('POST', `${set}/restart`, {})).toMatchObject({
      status: 422,
      body: { code: 'againstPolicy' },
    });
  });
});

describe('a soak that the policy asks for', () => {
  // Feature [Control] Nobody cuts a soak short: every command is tried while a batch soaks, and while it is paused then (issue 14)
  //   shown by: a soak that the policy asks for > is cut short by no command while soaking
  it.each([
    ['soaking', []],
    ['paused', ['pause']],
  ] as const)('is cut short by no command while %s', async (_, first) => {
    await using lab = await startLab({ count: 4, tags: { Environment: 'Production' } });
    const rule = { name: 'soak', ...AREAS.tag, leastSoakSeconds: 600 };
    expect((await put(lab, { rules: [rule] })).status).toBe(200);
    const id = await lab.start({ soakSeconds: 600 });
    await lab.until(id, 'soaking');
    const firstBatch = acceptedUpgrades(lab.log).flat();
    const soaksFrom = lab.host.clock.now();
    for (const command of first) await lab.send(id, command);
    const commands: readonly (readonly [name: string, body?: object])[] = [
      ['skip', { batch: 0 }],
      ['skip', { instances: firstBatch }],
      ['quarantine', { instances: firstBatch }],
      ['retry'],
      ['retry', { instances: firstBatch }],
      ['approve'],
      ['approve', { batch: 1 }],
      ['resume', { ignoreWindow: true }],
      ['resume'],
    ];
    for (const [name, body] of commands) {
      await lab.send(id, name, body);
      await lab.host.advance(20_000);
    }
    await lab.host.advance(soaksFrom + 595_000 - lab.host.clock.now());
    expect(acceptedUpgrades(lab.log).flat()).toEqual(firstBatch);
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expectImages(lab, NEW);
  });
});

describe('a rollout under a policy', () => {
  it('is taken where it is not, and elsewhere as it is', async () => {
    await using lab = await underPolicy({
      rules: [STRICT, { ...STRICT, name: 'other', scopes: [`${GROUP}-other`], leastQuorum: 5 }],
    });
    expect((await lab.call('POST', '/rollouts', GOOD)).status).toBe(202);
    await using other = await underPolicy({ rules: [{ ...STRICT, scopes: [WEB.replace(/web$/, 'we')] }] });
    expect((await other.call('POST', '/rollouts', { scaleSet: WEB })).status).toBe(202);
  });

  // Feature [Control] Scale sets outside the policy's scopes are refused before Azure is asked anything (issue 14)
  it('is refused outside the scopes, before Azure is asked anything', async () => {
    await using lab = await underPolicy({
      allowedScopes: [`/subscriptions/${SUBSCRIPTION}/resourceGroups/x`],
    });
    for (const { status, body } of await refused(lab, { scaleSet: WEB })) {
      expect({ status, code: body.code }).toEqual({ status: 403, code: 'outOfScope' });
    }
  });
});

describe('the policy', () => {
  // Feature [Control] The policy is versioned: each with who wrote it and why, replaced only by whoever has read it (issue 14)
  it('is replaced only by whoever has read it, and every version is kept', async () => {
    await using lab = await startLab();
    const first = await lab.call('GET', '/policy');
    expect(first.body).toEqual({ policy: { rules: [] }, versions: [] });
    const etag = first.headers.get('etag') ?? '';
    const tries = await Promise.all(
      [1, 2, 3, 4].map((quorum) => put(lab, { rules: [{ ...STRICT, leastQuorum: quorum }] }, etag)),
    );
    expect(tries.filter(({ status }) => status === 412)).toHaveLength(3);
    const second = tries.find(({ status }) => status === 200)?.headers.get('etag') ?? '';
    expect((await put(lab, { rules: [] }, second)).status).toBe(200);
    expect((await put(lab, { rules: [STRICT] }, second)).status).toBe(412);
    const { body } = await lab.call('GET', '/policy');
    expect(body.policy).toEqual({ rules: [] });
    expect(body.versions).toMatchObject([
      { number: 1, by: 'ada', reason: 'audit' },
      { number: 2, policy: { rules: [] } },
    ]);
  });

  it.each([
    ['no version', {}, 428, 'preconditionRequired'],
    ['any version', { 'if-match': '*' }, 412, 'policyMoved'],
    ['a later one', { 'if-match': '"policy-1"' }, 412, 'policyMoved'],
  ])('is not replaced over %s', async (_, headers, status, code) => {
    await using lab = await startLab();
    const reply = await lab.call('PUT', '/policy', { policy: { rules: [] } }, headers);
    expect(reply).toMatchObject({ status, body: { code } });
    expect((await lab.call('GET', '/policy')).body.versions).toEqual([]);
  });

  it.each<[path: string, policy: unknown]>([
    ['policy.rules.0.quorum', { rules: [{ ...STRICT, quorum: 2 }] }],
    ['policy.rules.0.scopes.0', { rules: [{ ...STRICT, scopes: ['web'] }] }],
    ['policy.allowedScopes', { allowedScopes: [] }],
    ['policy.rules.0.requesterApproves', { rules: [{ ...STRICT, requesterApproves: true }] }],
  ])('is refused with what is wrong in it: %s', async (path, policy) => {
    await using lab = await startLab();
    expect(await put(lab, policy)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  });
});
