import { describe, expect, it, test } from 'vitest';
import { writes } from '../lab/judge.ts';
import { NEW, startLab } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';
import { atCommit, recordsOf } from '../lab/records.ts';

const GATED = { approvals: { before: 'batch' } };

async function atGate(): Promise<{ lab: Lab; id: string }> {
  const lab = await startLab({ count: 5 });
  const id = await lab.start(GATED);
  await lab.until(id, 'waiting');
  return { lab, id };
}

async function events(lab: Lab, id: string, kind: string): Promise<Body[]> {
  const { value } = (await lab.call('GET', `/rollouts/${id}/events`)).body;
  return value.filter((event: Body) => event.kind === kind);
}

it('takes a command without a body, and shows what it has made of the rollout', async () => {
  const { lab, id } = await atGate();
  await using _ = lab;
  const reply = await lab.call('POST', `/rollouts/${id}/pause`);
  expect(reply).toMatchObject({ status: 202, body: { id, phase: 'paused' } });
  expect(reply.headers.get('retry-after')).toMatch(/^\d+$/);
});

it('takes a pause twice', async () => {
  const { lab, id } = await atGate();
  await using _ = lab;
  expect((await lab.send(id, 'pause')).status).toBe(202);
  expect((await lab.send(id, 'pause')).status).toBe(202);
  expect((await lab.send(id, 'resume')).body.phase).toBe('waiting');
  expect(await lab.send(id, 'resume')).toMatchObject({
    status: 409,
    body: { code: 'wrongPhase', rolloutId: id },
  });
});

test.each([
  [{ batch: -1 }, 'batch'],
  [{ batch: '1' }, 'batch'],
  [{ instances: [] }, 'instances'],
  [{ instances: [3] }, 'instances.0'],
  [{ reason: 7 }, 'reason'],
  [{ by: 'root' }, 'by'],
])('refuses the body %j', async (body, path) => {
  const { lab, id } = await atGate();
  await using _ = lab;
  const reply = await lab.send(id, 'pause', body);
  expect(reply).toMatchObject({ status: 400, body: { code: 'invalidSpec' } });
  expect(reply.body.errors.map((error: Body) => error.path)).toEqual([path]);
  expect((await lab.get(id)).phase).toBe('waiting');
});

test.each([
  ['skip', { batch: 5 }, ['batch']],
  ['skip', { instances: ['0', '77'] }, ['instances.1']],
  ['approve', { batch: 99 }, ['batch']],
  ['reject', { batch: 5 }, ['batch']],
  ['retry', { batch: 5, instances: ['x'] }, ['batch', 'instances.0']],
  ['retry', { batch: 0, instances: ['0', '3'] }, ['instances.1']],
  ['quarantine', { instances: ['0', '77'] }, ['instances.1']],
  ['pause', { batch: 0 }, ['batch']],
  ['abort', { batch: 99, instances: ['77'] }, ['batch', 'instances']],
  ['approve', { batch: 0, instances: ['0'] }, ['instances']],
  ['quarantine', { batch: 0, instances: ['0'] }, ['batch']],
])(
  'refuses %s of what the rollout does not have, or the command does not take: %j',
  async (command, body, paths) => {
    const { lab, id } = await atGate();
    await using _ = lab;
    const reply = await lab.send(id, command, body);
    expect(reply).toMatchObject({ status: 400, body: { code: 'invalidSpec' } });
    expect(reply.body.errors.map((error: Body) => error.path)).toEqual(paths);
    expect(await events(lab, id, command)).toEqual([]);
  },
);

it('retries no instance that has not failed', async () => {
  await using lab = await startLab({ faults: [{ kind: 'badImage', version: NEW, updateDomains: [1] }] });
  const id = await lab.start({ onFailure: 'pause' });
  await lab.until(id, 'paused');
  const sent = writes(lab.log).length;
  const reply = await lab.send(id, 'retry', { instances: ['0', '1'] });
  expect(reply).toMatchObject({ status: 409, body: { code: 'wrongPhase' } });
  expect(reply.body.detail).toContain('not failed: 0');
  await lab.host.advance(600_000);
  expect(writes(lab.log)).toHaveLength(sent);
  expect((await lab.send(id, 'retry', { instances: ['1'] })).status).toBe(202);
});

it('wants to know what to skip', async () => {
  const { lab, id } = await atGate();
  await using _ = lab;
  expect(await lab.send(id, 'skip')).toMatchObject({ status: 400, body: { code: 'invalidSpec' } });
});

// Feature [API] Who did what, when and why (T88)
it('writes down who, when and why', async () => {
  const { lab, id } = await atGate();
  await using _ = lab;
  await lab.send(id, 'pause', { reason: 'freeze' }, 'grace');
  await lab.host.advance(1000);
  expect(await events(lab, id, 'pause')).toEqual([
    expect.objectContaining({ by: 'grace', message: expect.stringContaining('freeze') }),
  ]);
});

it('takes every command of several that come at once', async () => {
  const { lab, id } = await atGate();
  await using _ = lab;
  await Promise.all(['lunch', 'tea'].map((reason) => lab.send(id, 'pause', { reason })));
  const { commands } = await recordsOf(lab.store, id);
  expect(commands.map(({ reason = '' }) => reason).toSorted()).toEqual(['lunch', 'tea']);
});

describe('an Idempotency-Key', () => {
  const headers = { 'idempotency-key': 'k1' };

  it('sent again does the same once, also when it is no longer possible', async () => {
    const { lab, id } = await atGate();
    await using _ = lab;
    const approve = () => lab.call('POST', `/rollouts/${id}/approve`, {}, headers);
    expect((await approve()).status).toBe(202);
    await lab.until(id, 'upgrading');
    expect((await approve()).status).toBe(202);
    await lab.until(id, (r) => r.phase === 'waiting' && r.waitingFor.batch === 1);
    expect((await approve()).status).toBe(202);
    await lab.host.advance(600_000);
    expect(await lab.get(id)).toMatchObject({ phase: 'waiting', waitingFor: { batch: 1 } });
    expect(await events(lab, id, 'approve')).toHaveLength(1);
  });

  it('sent twice at once does it once', async () => {
    const { lab, id } = await atGate();
    await using _ = lab;
    const both = [1, 2].map(() => lab.call('POST', `/rollouts/${id}/pause`, {}, headers));
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([202, 202]);
    await lab.host.advance(1000);
    expect(await events(lab, id, 'pause')).toHaveLength(1);
  });

  it.each([
    ['abort', {}],
    ['pause', { reason: 'another' }],
  ])('of another command is refused, rather than taken for done: %s %j', async (command, body) => {
    const { lab, id } = await atGate();
    await using _ = lab;
    await lab.call('POST', `/rollouts/${id}/pause`, {}, headers);
    expect(await lab.call('POST', `/rollouts/${id}/${command}`, body, headers)).toMatchObject({
      status: 422,
      body: { code: 'idempotencyKeyReused' },
    });
  });
});

it('is in the audit also when the process dies over it', async () => {
  const { lab, id } = await atGate();
  await using _ = lab;
  await lab.send(id, 'approve', {}, 'grace');
  // It dies over telling of the approval, before and after that was written; then somebody pauses.
  let deaths = 0;
  const revive = atCommit(lab.store, async (change, commit) => {
    deaths += 1;
    if (deaths === 2) await commit(change);
    throw new Error('died');
  });
  await lab.host.runUntil(() => deaths === 2);
  revive();
  await lab.send(id, 'pause', { reason: 'lunch' }, 'linus');
  await lab.host.advance(120_000);
  expect(await events(lab, id, 'approve')).toHaveLength(1);
  expect(await events(lab, id, 'pause')).toEqual([expect.objectContaining({ by: 'linus' })]);
  const { value } = (await lab.call('GET', `/rollouts/${id}/events`)).body;
  expect(value.map(({ sequence }: Body) => sequence)).toEqual(
    value.map((_e: Body, index: number) => index + 1),
  );
  expect(writes(lab.log)).toEqual([]);
});

// Feature [For a bad night] A command that is not possible is answered with those that are (For a bad night)
it('says beside a refusal what is possible instead', async () => {
  const { lab, id } = await atGate();
  await using _ = lab;
  const { body } = await lab.send(id, 'resume');
  expect(body).toMatchObject({ code: 'wrongPhase', remedy: expect.stringMatching(/^possible now: /) });
  const named = body.remedy.slice('possible now: '.length).split(', ');
  expect(named).toContain(`vmss-rollout approve ${id} --batch 0`);
  for (const line of named.filter((one: string) => /abort|pause/.test(one))) {
    const [, command = ''] = line.split(' ');
    expect((await lab.send(id, command)).status).toBe(202);
  }
  await lab.toEnd(id);
  const late = await lab.send(id, 'resume');
  expect(late).toMatchObject({ status: 409, body: { code: 'wrongPhase' } });
  expect(late.body.remedy).toContain(`start --rollback-of ${id}`);
});
