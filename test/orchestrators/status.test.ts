import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import { writes } from '../lab/judge.ts';
import { NEW, startLab, WEB } from '../lab/lab.ts';
import type { Body } from '../lab/lab.ts';

const BAD: FaultInput = { kind: 'badImage', version: NEW, updateDomains: [1] };
const AT_WORK = ['waiting', 'upgrading', 'settling', 'soaking'];

describe('a paused rollout', () => {
  // Feature [Control] A paused rollout says who paused it, why and since when, also at an approved gate (Issue 12, kind 7)
  //   shown by: a paused rollout > says who, why and since when, also while its gate is approved
  it('says who, why and since when, also while its gate is approved', async () => {
    await using lab = await startLab({ count: 5 });
    const id = await lab.start({ approvals: { before: [1] } });
    await lab.until(id, 'waiting');
    const since = new Date(lab.ports.clock.now()).toISOString();
    await lab.send(id, 'pause', { reason: 'errors rise' }, 'grace');
    const paused = { phase: 'paused', paused: { by: 'grace', since, reason: 'errors rise' } };
    expect(await lab.get(id)).toMatchObject(paused);
    await lab.host.advance(600_000);
    await lab.send(id, 'approve');
    await lab.host.advance(600_000);
    expect(await lab.get(id)).toMatchObject({ ...paused, waitingFor: { kind: 'resume' } });
    await lab.send(id, 'resume');
    const ended = await lab.toEnd(id);
    expect(ended).toMatchObject({ phase: 'succeeded' });
    expect(ended).not.toHaveProperty('paused');
  });

  it('by a failure names the failure and nobody, at every moment since', async () => {
    await using lab = await startLab({ count: 5, faults: [BAD] });
    const id = await lab.start({ onFailure: 'pause' });
    const { paused, failure } = await lab.until(id, 'paused');
    expect(paused).toEqual({ by: null, since: expect.any(String), reason: failure.message });
    await lab.host.advance(3600_000);
    expect((await lab.get(id)).paused).toEqual(paused);
    await lab.send(id, 'resume');
    expect(await lab.get(id)).not.toHaveProperty('paused');
  });
});

describe('a rollout that has ended', () => {
  // Feature [Outcome] An ended rollout shows no batch at work, and its lists are always there (Issue 12, kind 7)
  //   shown by: a rollout that has ended > shows no batch at work: aborted at a gate
  it.each([
    ['aborted at a gate', { approvals: { before: [1] } }, 'waiting', 'abort', 'pending'],
    ['rejected at a gate', { approvals: { before: [1] } }, 'waiting', 'reject', 'pending'],
    ['aborted while it soaks', { soakSeconds: 900 }, 'soaking', 'abort', 'succeeded'],
    ['aborted while it upgrades', {}, 'settling', 'abort', 'succeeded'],
  ])('shows no batch at work: %s', async (...[, spec, phase, command, shown]) => {
    await using lab = await startLab({ count: 5 });
    const id = await lab.start(spec);
    await lab.until(id, (r) => r.phase === phase && r.batch === 1);
    await lab.send(id, command);
    const ended = await lab.toEnd(id);
    expect(ended.batches.filter((batch: Body) => AT_WORK.includes(batch.phase))).toEqual([]);
    expect(ended.batches[1].phase).toBe(shown);
    expect(ended.waitingFor).toBeUndefined();
    const { before, after, unknown } = ended.left.instances;
    expect(new Set([...before, ...after, ...unknown])).toEqual(new Set(['0', '1', '2', '3', '4']));
    expect(ended.left.heldGuards).toEqual([]);
  });
});

// Feature [Undo] The batch that is shown in a rollback is the one that goes back (Issue 12, kind 7)
it('shows in a rollback the batch that goes back', async () => {
  await using lab = await startLab({ count: 5, faults: [{ ...BAD, updateDomains: [2] }] });
  const id = await lab.start({ strategy: { maxUnavailable: 1 } });
  await lab.until(id, 'rollingBack');
  const shown: number[] = [];
  await lab.until(id, (r) => {
    if (r.batch !== shown.at(-1)) shown.push(r.batch);
    return r.phase === 'rolledBack';
  });
  expect(shown).toEqual([2, 1, 0]);
});

describe('a plan', () => {
  // Feature [Plans] A plan of a held set warns who holds it, and is named by planHash (Issue 12, kind 7)
  it('warns who holds the scale set, and calls its hash as a spec does', async () => {
    await using lab = await startLab({ count: 5 });
    const spec = { scaleSet: WEB, change: { image: { version: NEW } } };
    const codes = ({ warnings }: Body) => warnings.map(({ code }: Body) => code);
    const free = (await lab.call('POST', '/plans', spec)).body;
    expect(free.planHash).toMatch(/^[0-9a-f]{32}$/);
    expect(free.hash).toBe(free.planHash);
    expect(codes(free)).not.toContain('scaleSetHeld');
    const id = await lab.start({ approvals: { before: 'rollout' }, planHash: free.planHash });
    await lab.until(id, 'waiting');
    const held = (await lab.call('POST', '/plans', spec)).body;
    expect(held.warnings).toContainEqual({ code: 'scaleSetHeld', message: expect.stringContaining(id) });
    expect(held.planHash).toBe(free.planHash);
    await lab.send(id, 'abort');
    await lab.toEnd(id);
    expect(codes((await lab.call('POST', '/plans', spec)).body)).not.toContain('scaleSetHeld');
    expect(writes(lab.log)).toEqual([]);
  });
});

// Feature [Outcome] latestModelApplied is what Azure says now, of untouched instances too (Issue 12, kind 7)
it('says of each instance whether Azure shows the latest model, while it runs and after an abort', async () => {
  await using lab = await startLab({ count: 5 });
  const id = await lab.start({ approvals: { before: [2] } });
  await lab.until(id, (r) => r.waitingFor?.kind === 'approval');
  const shown = async () => {
    const { value } = (await lab.call('GET', `/rollouts/${id}/instances`)).body;
    return value.map(({ latestModelApplied }: Body) => latestModelApplied);
  };
  const truth = () => lab.sim.scaleSet('web')?.instances.map(({ latestModelApplied }) => latestModelApplied);
  expect(await shown()).toEqual([true, true, false, false, false]);
  expect(await shown()).toEqual(truth());
  await lab.send(id, 'abort');
  await lab.toEnd(id);
  expect(await shown()).toEqual(truth());
});

// Feature [Outcome] The times of batches are those of the service's own log (Issue 12, kind 7)
//   shown by: times of batches are real: one after the other
it.each([
  ['one after the other', { strategy: { maxUnavailable: 2 } }],
  ['sliding', { strategy: { pacing: 'sliding', maxUnavailable: 2 } }],
  ['after a wait for an approval', { strategy: { maxUnavailable: 2 }, approvals: { before: [1] } }],
])('times of batches are real: %s', async (what, spec) => {
  await using lab = await startLab({ count: 6 });
  const id = await lab.start(spec);
  if (what.includes('approval')) {
    await lab.until(id, (r) => r.waitingFor?.kind === 'approval');
    await lab.host.advance(3_600_000);
    await lab.send(id, 'approve');
  }
  const { batches, startedAt, endedAt } = await lab.toEnd(id);
  const timesOf = (ids: readonly string[], change: string): readonly number[] =>
    lab.log.flatMap((entry) =>
      entry.kind === 'instance' && entry.change === change && ids.includes(entry.instance)
        ? [entry.time]
        : [],
    );
  for (const batch of batches as readonly Body[]) {
    const [begun, over] = [Date.parse(batch.startedAt), Date.parse(batch.endedAt)];
    const works = timesOf(batch.instances, 'upgradeStarted');
    expect(works).toHaveLength(batch.instances.length);
    expect(Math.min(...works) - begun).toBeGreaterThanOrEqual(0);
    expect(Math.min(...works) - begun).toBeLessThan(30_000);
    expect(over).toBeGreaterThanOrEqual(Math.max(...timesOf(batch.instances, 'serving')));
    expect(begun).toBeGreaterThanOrEqual(Date.parse(startedAt));
    expect(over).toBeLessThanOrEqual(Date.parse(endedAt));
  }
});

it('says so while it slides, too', async () => {
  await using lab = await startLab({ count: 5 });
  const id = await lab.start({ strategy: { pacing: 'sliding', maxUnavailable: 1 } });
  await lab.until(id, (r) => r.instances.upgraded === 2);
  const { value } = (await lab.call('GET', `/rollouts/${id}/instances`)).body;
  const pending = value.filter(({ phase }: Body) => phase === 'pending');
  expect(pending.length).toBeGreaterThan(0);
  expect(pending.map((one: Body) => one.latestModelApplied)).toEqual(pending.map(() => false));
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
});

describe('the event of a write that Azure did not take', () => {
  const upgrade = { operation: 'manualupgrade' as const };
  // Feature [Audit] The event of a refused or failed write names its HTTP status and code (Issue 12, kind 7)
  //   shown by: the event of a write that Azure did not take > names HTTP status and code: refused
  it.each<[string, FaultInput, object]>([
    [
      'refused',
      { kind: 'refused', ...upgrade, status: 400, code: 'InvalidParameter' },
      { status: 400, code: 'InvalidParameter' },
    ],
    [
      'refused by a policy',
      { kind: 'refused', ...upgrade, status: 403, code: 'RequestDisallowedByPolicy' },
      { status: 403, code: 'RequestDisallowedByPolicy' },
    ],
    [
      'a conflict',
      { kind: 'refused', ...upgrade, status: 409, code: 'Conflict' },
      { status: 409, code: 'Conflict' },
    ],
    ['throttled', { kind: 'throttle', ...upgrade, retryAfterSeconds: 20 }, { status: 429 }],
    ['a fault of the service', { kind: 'serverError', ...upgrade, status: 503 }, { status: 503 }],
    [
      'the model',
      { kind: 'refused', operation: 'patch', status: 409, code: 'OperationNotAllowed' },
      { status: 409, code: 'OperationNotAllowed' },
    ],
  ])('names HTTP status and code: %s', async (...[, fault, named]) => {
    await using lab = await startLab({ count: 5, faults: [fault] });
    const { id } = await lab.rollOut();
    const { value } = (await lab.call('GET', `/rollouts/${id}/events`)).body;
    const told = value.filter((event: Body) => event.status !== undefined);
    expect(told.length).toBeGreaterThan(0);
    for (const event of told) expect(event).toMatchObject(named);
    const refused = writes(lab.log).find(({ status }) => (status ?? 0) >= 400);
    expect(refused).toMatchObject(named);
  });

  it('names none where there was no answer', async () => {
    const lost: FaultInput = { kind: 'lostAnswer', operation: 'manualupgrade' };
    await using lab = await startLab({ count: 5, faults: [lost] });
    const { id } = await lab.rollOut();
    const { value } = (await lab.call('GET', `/rollouts/${id}/events`)).body;
    expect(value.map(({ kind }: Body) => kind)).toContain('upgradeUnknown');
    expect(value.filter((event: Body) => 'status' in event)).toEqual([]);
  });
});
