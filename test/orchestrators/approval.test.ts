import { expect, it } from 'vitest';
import { signIn } from '../lab/bound-app.ts';
import { acceptedUpgrades, expectImages, expectSafe, writes } from '../lab/judge.ts';
import { NEW, OLD, startLab } from '../lab/lab.ts';

const BATCHWISE = { approvals: { before: 'batch' } };

// Feature [Control] Approval before each batch, and before the model is written (Control, G43)
// Feature [For a bad night] The sentence for an approval (For a bad night)
it('asks before each batch, and before the model is written', async () => {
  await using lab = await startLab();
  const id = await lab.start(BATCHWISE);
  for (let batch = 0; batch < 5; batch += 1) {
    const waiting = await lab.until(id, (r) => r.phase === 'waiting' && r.waitingFor?.batch === batch);
    expect(waiting.waitingFor).toMatchObject({ kind: 'approval', batch });
    expect(waiting.waitingFor.message).toBe(`update domain ${batch} is waiting for approval`);
    expect(waiting.next).toEqual([
      { command: 'approve', batch },
      { command: 'reject', batch },
      { command: 'skip', batch },
      { command: 'pause' },
      { command: 'rollback' },
      { command: 'abort' },
    ]);
    expect(acceptedUpgrades(lab.log)).toHaveLength(batch);
    if (batch === 0) expect(writes(lab.log)).toEqual([]);
    expect((await lab.send(id, 'approve', { batch }, 'grace')).status).toBe(202);
  }
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
  expectImages(lab, NEW);
  expectSafe(lab);
  const events = (await lab.call('GET', `/rollouts/${id}/events`)).body.value;
  expect(
    events.filter((event: { kind: string; by?: string }) => event.kind === 'approve' && event.by === 'grace'),
  ).toHaveLength(5);
});

// Feature [Control] Approval once for the whole rollout (Control, G43)
it('asks once where the spec says so', async () => {
  await using lab = await startLab();
  const id = await lab.start({ approvals: { before: 'rollout' } });
  await lab.until(id, 'waiting');
  await lab.send(id, 'approve');
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
});

// Feature [Control] Rejection, with a reason (Control, G47)
it('ends rejected, with nothing written', async () => {
  await using lab = await startLab();
  const id = await lab.start(BATCHWISE);
  await lab.until(id, 'waiting');
  await lab.send(id, 'reject', { reason: 'freeze' }, 'grace');
  expect(await lab.toEnd(id)).toMatchObject({
    phase: 'rejected',
    failure: { code: 'rejected' },
    left: { model: 'before' },
  });
  expect(writes(lab.log)).toEqual([]);
});

// Feature [Control] An approval that does not come in time rejects (Control, G45)
it('ends rejected when nobody approves in time', async () => {
  await using lab = await startLab();
  const id = await lab.start({ approvals: { before: [1], timeoutSeconds: 7200 } });
  await lab.until(id, 'waiting');
  const since = lab.host.clock.now();
  expect(await lab.toEnd(id)).toMatchObject({
    phase: 'rejected',
    failure: { code: 'approvalExpired' },
    left: { model: 'after', instances: { after: ['0', '5', '10'] } },
  });
  const waited = (lab.host.clock.now() - since) / 1000;
  expect(waited).toBeGreaterThanOrEqual(7200);
  expect(waited).toBeLessThan(7260);
  expectSafe(lab);
});

// Feature [Control] An approval that does not come in time approves, where the spec says so (Control, G45)
it('goes on without an approval in time where the spec says so', async () => {
  await using lab = await startLab();
  const approvals = { before: 'rollout', timeoutSeconds: 3600, onTimeout: 'approve' };
  expect((await lab.rollOut({ approvals })).phase).toBe('succeeded');
});

// Feature [Control] An approval for another gate counts for none (Control, new 5)
it('refuses the approval of a gate that is not open, and it counts for none', async () => {
  await using lab = await startLab();
  const id = await lab.start(BATCHWISE);
  await lab.until(id, 'waiting');
  expect(await lab.send(id, 'approve', { batch: 1 })).toMatchObject({
    status: 409,
    body: { code: 'wrongPhase' },
  });
  await lab.send(id, 'approve', { batch: 0 });
  await lab.until(id, 'upgrading');
  expect(await lab.send(id, 'approve')).toMatchObject({ status: 409, body: { code: 'wrongPhase' } });
  const second = await lab.until(id, (r) => r.phase === 'waiting' && r.waitingFor?.batch === 1);
  await lab.host.advance(3600_000);
  expect((await lab.get(id)).waitingFor).toEqual(second.waitingFor);
  expect(acceptedUpgrades(lab.log)).toHaveLength(1);
});

// Feature [Control] A doubled click approves one batch (Control)
it('takes a doubled click for one approval', async () => {
  await using lab = await startLab();
  const id = await lab.start(BATCHWISE);
  await lab.until(id, 'waiting');
  const clicks = await Promise.all([lab.send(id, 'approve'), lab.send(id, 'approve')]);
  expect(clicks.map(({ status }) => status)).toEqual([202, 202]);
  await lab.until(id, (r) => r.phase === 'waiting' && r.waitingFor?.batch === 1);
  await lab.host.advance(600_000);
  expect(acceptedUpgrades(lab.log)).toHaveLength(1);
});

// Feature [Control] Quorum, and no self-approval (Control, G47, U89)
it('wants as many people as the quorum says, and never the requester', async () => {
  await using lab = await startLab();
  const id = await lab.start({ approvals: { before: 'rollout', quorum: 2, allowRequester: false } });
  await lab.until(id, 'waiting');
  expect(await lab.send(id, 'approve', {}, 'ada')).toMatchObject({
    status: 403,
    body: { code: 'ownApproval' },
  });
  await lab.send(id, 'approve', {}, 'grace');
  await lab.send(id, 'approve', {}, 'grace');
  await lab.host.advance(600_000);
  expect((await lab.get(id)).phase).toBe('waiting');
  expect(writes(lab.log)).toEqual([]);
  await lab.send(id, 'approve', {}, 'linus');
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
});

// Feature [Control] A gate may be approved while paused (Control)
it('lets a gate be approved while paused, and opens it at resume', async () => {
  await using lab = await startLab();
  const id = await lab.start(BATCHWISE);
  await lab.until(id, 'waiting');
  await lab.send(id, 'pause');
  expect((await lab.send(id, 'approve')).status).toBe(202);
  await lab.host.advance(3600_000);
  expect((await lab.get(id)).phase).toBe('paused');
  expect(writes(lab.log)).toEqual([]);
  await lab.send(id, 'resume');
  await lab.until(id, 'upgrading');
  expectImages(lab, OLD);
});

// Feature [Control] Who approves is told by object id: a new name is no second person (S7)
it('takes a requester for the same person under another name, and one person for one approval', async () => {
  const oid = '11111111-1111-4111-8111-111111111111';
  const other = '22222222-2222-4222-8222-222222222222';
  await using lab = await startLab({ count: 5 });
  signIn(`ada@a.example (${oid})`);
  const id = await lab.start({ approvals: { before: [0], allowRequester: false, quorum: 2 } });
  await lab.until(id, 'waiting');
  expect(await lab.send(id, 'approve', {}, `countess@a.example (${oid})`)).toMatchObject({
    status: 403,
    body: { code: 'ownApproval' },
  });
  await lab.send(id, 'approve', {}, `grace@a.example (${other})`);
  await lab.send(id, 'approve', {}, `hopper@a.example (${other})`);
  await lab.host.advance(3600_000);
  expect(await lab.get(id)).toMatchObject({ phase: 'waiting', waitingFor: { kind: 'approval' } });
  expect(acceptedUpgrades(lab.log)).toEqual([]);
});
