import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf } from '../../local/issuer/tokens.ts';
import { signIn } from '../lab/bound-app.ts';
import { acceptedUpgrades, writes } from '../lab/judge.ts';
import { startLab, WEB } from '../lab/lab.ts';
import type { Body, Lab, Reply } from '../lab/lab.ts';
import { startTokens } from '../lab/signed.ts';
import type { Tokens } from '../lab/signed.ts';
import { somebody } from '../lab/somebody.ts';

let tokens: Tokens;
beforeAll(async () => {
  tokens = await startTokens();
});
afterAll(async () => {
  await tokens[Symbol.asyncDispose]();
});

const TWO = { before: 'rollout', quorum: 2, allowRequester: false };

/** A rollout that waits for approval, by a person or an application; done by hand, without tokens. */
async function waiting(lab: Lab, by: string, wanted: object = TWO): Promise<string> {
  tokens.bind(false);
  signIn(by);
  const id = await lab.start({ approvals: wanted });
  await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
  tokens.bind(true);
  return id;
}

const person = (name: string): string => `${name}@local.example (${idOf(`user ${name}`)})`;
const pipeline = `application pipeline (${idOf('application pipeline')})`;
const approver = (user: string, alias?: string): Promise<string> =>
  tokens.sign({ user, roles: ['approver'], ...(alias !== undefined && { alias }) });
const application = (name = 'pipeline'): Promise<string> =>
  tokens.sign({ application: name, roles: ['approver', 'requester'] });

const approve = (lab: Lab, id: string, bearer: string, body: object = {}): Promise<Reply> =>
  tokens.ask(lab, bearer, 'POST', `/rollouts/${id}/approve`, body);

async function look(lab: Lab, id: string): Promise<Body> {
  await lab.host.advance(60_000);
  return (
    await tokens.ask(lab, await tokens.sign({ user: 'eve', roles: ['viewer'] }), 'GET', `/rollouts/${id}`)
  ).body;
}

/** How many approvals stand in the log: that is what the gate is judged by. */
async function approvals(lab: Lab, id: string): Promise<number> {
  const log = await lab.store.documents.list('rollouts', id, { after: 'command-', before: 'command.' });
  return log.filter(({ value }) => (value as { readonly command: string }).command === 'approve').length;
}

async function setPolicy(lab: Lab, policy: object, etag = '"policy-0"'): Promise<void> {
  tokens.bind(false);
  expect((await lab.call('PUT', '/policy', { policy }, { 'if-match': etag })).status).toBe(200);
  tokens.bind(true);
}

const stillWaits = async (lab: Lab, id: string): Promise<void> => {
  expect(await look(lab, id)).toMatchObject({ phase: 'waiting', waitingFor: { kind: 'approval' } });
  expect(writes(lab.log)).toEqual([]);
};

describe('two people are two, whatever they call themselves', () => {
  // Feature [Control] An application approves only where the policy names it, and then counts for one (S7)
  it('takes no application that the policy does not name, and a named one for one', async () => {
    await using lab = await startLab({ count: 4 });
    await setPolicy(lab, {
      rules: [{ name: 'robots', scopes: [WEB], approvingApplications: [idOf('application pipeline')] }],
    });
    const id = await waiting(lab, person('ada'));
    const denied = { status: 403, body: { code: 'forbidden', detail: 'an application may not approve' } };
    expect(await approve(lab, id, await application('other'))).toMatchObject(denied);
    for (let times = 0; times < 3; times += 1)
      expect((await approve(lab, id, await application())).status).toBe(202);
    await stillWaits(lab, id);
    expect((await approve(lab, id, await approver('grace'))).status).toBe(202);
    expect((await look(lab, id)).phase).not.toBe('waiting');
  });

  it('takes no application elsewhere than where the policy names it', async () => {
    await using lab = await startLab({ count: 4 });
    const elsewhere = WEB.replace(/web$/, 'api');
    await setPolicy(lab, {
      rules: [{ name: 'robots', scopes: [elsewhere], approvingApplications: [idOf('application pipeline')] }],
    });
    const id = await waiting(lab, person('ada'));
    expect((await approve(lab, id, await application())).status).toBe(403);
    await stillWaits(lab, id);
  });

  it('takes an application that has requested it for the requester', async () => {
    await using lab = await startLab({ count: 4 });
    await setPolicy(lab, {
      rules: [{ name: 'robots', scopes: [WEB], approvingApplications: [idOf('application pipeline')] }],
    });
    const id = await waiting(lab, pipeline);
    expect(await approve(lab, id, await application())).toMatchObject({
      status: 403,
      body: { code: 'ownApproval' },
    });
    await stillWaits(lab, id);
  });

  // Feature [Control] A guest under another name is still the same person (S7)
  it('takes a person under another name for the same one, as requester and as approver', async () => {
    await using lab = await startLab({ count: 4 });
    const id = await waiting(lab, person('ada'));
    const guest = await approver('ada', 'ada_contoso.com#EXT#');
    expect(await approve(lab, id, guest)).toMatchObject({ status: 403, body: { code: 'ownApproval' } });
    expect((await approve(lab, id, await approver('grace'))).status).toBe(202);
    expect((await approve(lab, id, await approver('grace', 'g.hopper'))).status).toBe(202);
    await stillWaits(lab, id);
    expect(await approvals(lab, id)).toBe(1);
  });

  // Feature [Control] Whoever leaves the group of approvers while a rollout waits approves no more (S7)
  it('counts the groups of this moment: who has left them approves no more', async () => {
    await using lab = await startLab({ count: 4 });
    const group = idOf('group approvers');
    const viewers = { role: 'viewer', appRoles: ['viewer'] };
    const policy = { rules: [], assignments: [viewers, { role: 'approver', principals: [group] }] };
    const id = await waiting(lab, person('ada'));
    await setPolicy(lab, policy);
    const inGroup = await tokens.sign({ user: 'grace', roles: [], groups: [group] });
    expect((await approve(lab, id, inGroup)).status).toBe(202);
    const left = await tokens.sign({ user: 'linus', roles: [], groups: [] });
    expect((await approve(lab, id, left)).status).toBe(403);
    // The app role alone is nothing any more, and a group that the policy drops is none at the next request.
    expect((await approve(lab, id, await approver('linus'))).status).toBe(403);
    await setPolicy(lab, { rules: [], assignments: [viewers] }, '"policy-1"');
    const late = await tokens.sign({ user: 'linus', roles: [], groups: [group] });
    expect((await approve(lab, id, late)).status).toBe(403);
    await stillWaits(lab, id);
  });
});

describe('an approval is for one gate of one plan and model, once', () => {
  it('counts once, sent a hundred times, with a key and without', async () => {
    await using lab = await startLab({ count: 4 });
    const id = await waiting(lab, person('ada'));
    const bearer = await approver('grace');
    for (let times = 0; times < 100; times += 1) {
      const key = times % 2 === 0 ? {} : { 'idempotency-key': 'click' };
      const headers = { authorization: `Bearer ${bearer}`, ...key };
      expect((await lab.call('POST', `/rollouts/${id}/approve`, {}, headers)).status).toBe(202);
    }
    expect(await approvals(lab, id)).toBe(1);
    await stillWaits(lab, id);
  });

  // Feature [Control] Approvals at the same moment count once a person (S8)
  it('counts once a person where several are sent at the same moment', async () => {
    await using lab = await startLab({ count: 4 });
    const id = await waiting(lab, person('ada'), { before: [0, 1], quorum: 2, allowRequester: false });
    const two = [await approver('grace'), await approver('linus')];
    const replies = await Promise.all(
      Array.from({ length: 16 }, (_, index) => approve(lab, id, two[index % 2] ?? '')),
    );
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([202]));
    expect(await approvals(lab, id)).toBe(2);
    // They opened the first batch, and not the second as well.
    tokens.bind(false);
    await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval' && waitingFor.batch === 1);
    tokens.bind(true);
    await lab.host.advance(3_600_000);
    expect(acceptedUpgrades(lab.log)).toHaveLength(1);
  });

  // Feature [Control] Who names the plan that they have looked at approves no other one (S8)
  it('is not taken for another plan, nor for another rollout', async () => {
    await using lab = await startLab({ count: 4 });
    const id = await waiting(lab, person('ada'), { before: 'rollout' });
    const bearer = await approver('grace');
    const { planHash } = await look(lab, id);
    const edited = `${planHash.slice(0, -1)}${planHash.endsWith('0') ? '1' : '0'}`;
    expect(await approve(lab, id, bearer, { planHash: edited })).toMatchObject({
      status: 409,
      body: { code: 'wrongPhase', detail: expect.stringContaining(`waits with plan ${planHash}`) },
    });
    expect((await approve(lab, 'another', bearer, { planHash })).status).toBe(404);
    await stillWaits(lab, id);
    expect((await approve(lab, id, bearer, { planHash })).status).toBe(202);
    expect((await look(lab, id)).phase).not.toBe('waiting');
  });

  // Feature [Control] An approval is void once somebody else has changed the model (S8)
  it('is void after drift: what was approved is not sent over another model', async () => {
    await using lab = await startLab({ count: 4 });
    const id = await waiting(lab, person('ada'), { before: 'rollout' });
    const { planHash } = await look(lab, id);
    const drift = {
      properties: {
        virtualMachineProfile: {
          priority: 'Regular',
          diagnosticsProfile: { bootDiagnostics: { enabled: true } },
        },
      },
    };
    expect(await somebody(lab, 'PATCH', '', drift)).toBeLessThan(300);
    await lab.host.advance(120_000);
    const sent = writes(lab.log).length;
    expect((await approve(lab, id, await approver('grace'), { planHash })).status).toBe(202);
    await lab.host.advance(600_000);
    expect(await look(lab, id)).toMatchObject({ failure: { code: 'conflict' } });
    expect(writes(lab.log)).toHaveLength(sent);
  });
});
