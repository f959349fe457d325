import { describe, expect, it } from 'vitest';
import { az } from '../lab/az.ts';
import { acceptedDiskCalls, attachBefore, diskCalls, diskId, disksOf } from '../lab/disks.ts';
import { expectImages, expectSafe, writes } from '../lab/judge.ts';
import { NEW, OLD, startLab, SUBSCRIPTION, WEB } from '../lab/lab.ts';
import type { Lab, LabOptions } from '../lab/lab.ts';

// Feature [Change] Data disks attached to single instances, while they serve (Change)
// Feature [Change] Data disks attached to single instances while they serve (Change)
it('attaches disks to single instances while they serve, and touches nothing else', async () => {
  await using lab = await startLab({ count: 5 });
  const rollout = await lab.rollOut({
    change: {
      dataDisks: {
        attach: [
          { instance: '3', diskId: diskId('d3'), lun: 2, caching: 'ReadOnly', deleteOption: 'Delete' },
          { instance: '1', diskId: diskId('d1') },
        ],
      },
    },
  });
  expect(rollout).toMatchObject({ phase: 'succeeded', instances: { total: 2, upgraded: 2 } });
  expect(diskCalls(lab)).toEqual(['1: +d1@0', '3: +d3@2']);
  expect(writes(lab.log)).toHaveLength(2);
  expect(await disksOf(lab, '1')).toEqual(['0 d1 None']);
  expect(await disksOf(lab, '3')).toEqual(['2 d3 ReadOnly Delete']);
  expectSafe(lab, { floor: 5, mostDisruptions: 0 });
});

// Feature [Change] Data disks detached, by LUN or by disk (Change)
// Feature [Change] Data disks detached by LUN or by disk, and replaced in one write (Change)
it('detaches by LUN and by disk, and attaches another in the same write', async () => {
  await using lab = await startLab({ count: 5 });
  await attachBefore(lab, '2', [
    { name: 'a', lun: 0 },
    { name: 'b', lun: 5 },
    { name: 'c', lun: 7 },
  ]);
  const before = writes(lab.log).length;
  const rollout = await lab.rollOut({
    change: {
      dataDisks: {
        attach: [{ instance: '2', diskId: diskId('e') }],
        detach: [
          { instance: '2', lun: 5 },
          { instance: '2', diskId: diskId('c') },
        ],
      },
    },
  });
  expect(rollout.phase).toBe('succeeded');
  expect(diskCalls(lab)).toEqual(['2: +e@1 -b -c']);
  expect(writes(lab.log)).toHaveLength(before + 1);
  expect(await disksOf(lab, '2')).toEqual(['0 a None', '1 e None']);
  expectSafe(lab, { floor: 5, mostDisruptions: 0 });
});

/** Instance 0 has a disk that comes off, instance 2 one that stays. */
async function withDisks(options: LabOptions = {}): Promise<Lab> {
  const lab = await startLab({ count: 5, ...options });
  await attachBefore(lab, '0', [{ name: 'old', lun: 4, caching: 'ReadOnly' }]);
  await attachBefore(lab, '2', [{ name: 'stays', lun: 0 }]);
  return lab;
}

const BEFORE = { 0: ['4 old ReadOnly'], 1: [], 2: ['0 stays None'] };
const AFTER = { 0: [], 1: ['3 n1 ReadWrite'], 2: ['0 stays None', '1 n2 None'] };
const CHANGE = {
  dataDisks: {
    attach: [
      { instance: '1', diskId: diskId('n1'), lun: 3, caching: 'ReadWrite' },
      { instance: '2', diskId: diskId('n2') },
    ],
    detach: [{ instance: '0', lun: 4 }],
  },
};

async function disksNow(lab: Lab): Promise<unknown> {
  return { 0: await disksOf(lab, '0'), 1: await disksOf(lab, '1'), 2: await disksOf(lab, '2') };
}

describe('put back exactly as they were', () => {
  // Feature [Undo] Disks of single instances put back, after a failure (Undo)
  //   shown by: put back exactly as they were > after a failure that left its disks changed: true
  it.each([
    [true, 'rolledBack', 'VMExtensionProvisioningError'],
    // Azure goes on showing the instance as failed, and there is nothing left to write that would heal it.
    [false, 'failed', 'disksNotRestored'],
  ])('after a failure that left its disks changed: %s', async (changed, phase, code) => {
    const fails = { kind: 'operationFails', operation: 'attachDetachDataDisks', nth: 3, changed } as const;
    await using lab = await withDisks({ faults: [fails] });
    expect(await lab.rollOut({ change: CHANGE })).toMatchObject({
      phase,
      failure: { code, instances: ['2'] },
    });
    expect(await disksNow(lab)).toEqual(BEFORE);
    expectSafe(lab, { floor: 4, mostDisruptions: 0 });
  });

  // Feature [Undo] Undo of data disks, by command (Undo)
  // Feature [Undo] Disks of single instances put back, by command (Undo)
  it('by command, also while a write is under way', async () => {
    await using lab = await withDisks();
    const id = await lab.start({ change: CHANGE });
    await lab.until(id, () => acceptedDiskCalls(lab).length === 2);
    await lab.send(id, 'rollback');
    expect((await lab.toEnd(id)).phase).toBe('rolledBack');
    expect(acceptedDiskCalls(lab)).toEqual(['0: -old', '1: +n1@3', '1: -n1', '0: +old@4']);
    expect(await disksNow(lab)).toEqual(BEFORE);
    expect(writes(lab.log).every(({ operation }) => WRITES_OF_DISKS.has(operation))).toBe(true);
  });

  // Feature [Undo] Undo of data disks after the end (Undo)
  // Feature [Undo] Disks of single instances put back, after the end, and that undone (Undo)
  it('after the end, and that can be undone, too', async () => {
    await using lab = await withDisks();
    const first = await lab.rollOut({ change: CHANGE });
    expect(await disksNow(lab)).toEqual(AFTER);
    const { body } = await lab.call('POST', '/plans', { scaleSet: WEB, rollbackOf: first.id });
    expect(body.dataDisks).toEqual([
      { instance: '0', attach: [{ diskId: diskId('old'), lun: 4, caching: 'ReadOnly' }], detach: [] },
      {
        instance: '1',
        attach: [],
        detach: [{ diskId: diskId('n1'), lun: 3, caching: 'ReadWrite' }],
      },
      { instance: '2', attach: [], detach: [{ diskId: diskId('n2'), lun: 1 }] },
    ]);
    const undo = await lab.rollOut({ change: {}, rollbackOf: first.id });
    expect(undo).toMatchObject({ phase: 'succeeded', instances: { total: 3, upgraded: 3 } });
    expect(await disksNow(lab)).toEqual(BEFORE);
    expect((await lab.rollOut({ change: {}, rollbackOf: undo.id })).phase).toBe('succeeded');
    expect(await disksNow(lab)).toEqual(AFTER);
  });

  it('of an aborted rollout, only what it has done', async () => {
    await using lab = await withDisks();
    const id = await lab.start({ change: CHANGE });
    await lab.until(id, () => acceptedDiskCalls(lab).length === 1);
    await lab.send(id, 'abort');
    expect(await lab.toEnd(id)).toMatchObject({
      phase: 'cancelled',
      left: { instances: { before: ['1', '2'] } },
    });
    await lab.rollOut({ change: {}, rollbackOf: id });
    expect(acceptedDiskCalls(lab)).toEqual(['0: -old', '0: +old@4']);
    expect(await disksNow(lab)).toEqual(BEFORE);
  });

  it('not where somebody else has moved a disk since', async () => {
    await using lab = await withDisks();
    const { id } = await lab.rollOut({ change: CHANGE });
    await attachBefore(lab, '0', [{ name: 'other', lun: 4 }]);
    const sent = writes(lab.log).length;
    expect(await lab.rollOut({ change: {}, rollbackOf: id })).toMatchObject({
      phase: 'refused',
      failure: { code: 'modelChangedSince' },
    });
    expect(writes(lab.log)).toHaveLength(sent);
  });

  // Feature [Undo] Disks put back by hand, with `az vmss disk` (Undo)
  it('by hand, with the commands of an explanation', async () => {
    await using lab = await withDisks();
    const { id } = await lab.rollOut({ change: CHANGE });
    const { body } = await lab.call('GET', `/rollouts/${id}/explanation`);
    expect(body.undo.commands).toHaveLength(3);
    for (const command of body.undo.commands) {
      expect(command).toMatch(/^az vmss disk (attach|detach) .*--instance-id \d --/);
      await az(lab, command);
    }
    expect(await disksNow(lab)).toEqual(BEFORE);
  });
});

const WRITES_OF_DISKS: ReadonlySet<string> = new Set(['attachDetachDataDisks', 'putInstance']);

describe('never written twice', () => {
  // Feature [Change] A disk is never moved twice, also when the answer is lost (Change)
  //   shown by: never written twice > when the answer is lost (undefined)
  it.each([undefined, 503] as const)('when the answer is lost (%s)', async (status) => {
    const lost = { kind: 'lostAnswer', operation: 'attachDetachDataDisks', count: 3 } as const;
    await using lab = await withDisks({ faults: [status === undefined ? lost : { ...lost, status }] });
    expect((await lab.rollOut({ change: CHANGE })).phase).toBe('succeeded');
    expect(diskCalls(lab)).toEqual(['0: -old', '1: +n1@3', '2: +n2@1']);
    expect(await disksNow(lab)).toEqual(AFTER);
    expectSafe(lab, { floor: 5, mostDisruptions: 0 });
  });

  it('but once more when it never arrived', async () => {
    const fault = { kind: 'serverError', operation: 'attachDetachDataDisks', nth: 2 } as const;
    await using lab = await withDisks({ faults: [fault] });
    expect((await lab.rollOut({ change: CHANGE })).phase).toBe('succeeded');
    expect(acceptedDiskCalls(lab)).toEqual(['0: -old', '1: +n1@3', '2: +n2@1']);
    expect(diskCalls(lab)).toHaveLength(4);
    expect(await disksNow(lab)).toEqual(AFTER);
  });

  it('and again only after the time that Azure asks for', async () => {
    const fault = { kind: 'throttle', operation: 'attachDetachDataDisks', retryAfterSeconds: 90 } as const;
    await using lab = await withDisks({ faults: [fault] });
    expect((await lab.rollOut({ change: CHANGE })).phase).toBe('succeeded');
    const [first, second] = writes(lab.log).filter(({ operation }) => operation === 'attachDetachDataDisks');
    expect((second?.time ?? 0) - (first?.time ?? 0)).toBeGreaterThanOrEqual(90_000);
    expect(await disksNow(lab)).toEqual(AFTER);
  });

  it('where Azure lets no two operations run side by side', async () => {
    await using lab = await withDisks({ profile: { overlappingOperations: 'conflict' } });
    expect((await lab.rollOut({ change: CHANGE, strategy: TOGETHER })).phase).toBe('succeeded');
    expect(acceptedDiskCalls(lab)).toEqual(['0: -old', '1: +n1@3', '2: +n2@1']);
    expect(await disksNow(lab)).toEqual(AFTER);
  });

  it('where an operation is ended early for the sake of another', async () => {
    const fault = {
      kind: 'operationPreempted',
      operation: 'attachDetachDataDisks',
      afterSeconds: 1,
    } as const;
    await using lab = await withDisks({ faults: [fault] });
    expect((await lab.rollOut({ change: CHANGE })).phase).toBe('succeeded');
    expect(await disksNow(lab)).toEqual(AFTER);
  });
});

/** All of them in one batch. */
const TOGETHER = { batchBy: 'count', steps: [3], maxUnavailable: 3 };

it('goes by the word of the instance, not of the operation', async () => {
  const fault = { kind: 'silentlySkips', operation: 'attachDetachDataDisks', nth: 1 } as const;
  await using lab = await withDisks({ faults: [fault] });
  expect((await lab.rollOut({ change: CHANGE })).phase).toBe('succeeded');
  expect(acceptedDiskCalls(lab)).toEqual(['0: -old', '0: -old', '1: +n1@3', '2: +n2@1']);
  expect(await disksNow(lab)).toEqual(AFTER);
});

it('ends refused when Azure takes none of it', async () => {
  // Attached to an instance of another set: no look at this set shows it.
  await using lab = await startLab({
    scaleSets: [
      { name: 'web', count: 5 },
      { name: 'other', count: 1 },
    ],
  });
  await attachBefore(lab, '0', [{ name: 'n1', lun: 0 }], 'other');
  const attach = [{ instance: '3', diskId: diskId('n1') }];
  expect(await lab.rollOut({ change: { dataDisks: { attach } } })).toMatchObject({
    phase: 'refused',
    failure: { code: 'refusedByAzure', message: expect.stringContaining('already owned') },
  });
  const both = [{ instance: '1', diskId: diskId('n2') }, ...attach];
  expect(await lab.rollOut({ change: { dataDisks: { attach: both } } })).toMatchObject({
    phase: 'rolledBack',
    failure: { code: 'refusedByAzure', instances: ['3'] },
  });
  expect(await disksOf(lab, '1')).toEqual([]);
});

describe('behind the same gates as any change', () => {
  // Feature [Change] Disks come and go behind approvals, as any change (Change)
  it('waits for an approval of each batch', async () => {
    await using lab = await withDisks();
    const before = diskCalls(lab).length;
    const id = await lab.start({ change: CHANGE, approvals: { before: 'batch' } });
    for (const batch of [0, 1, 2]) {
      await lab.until(
        id,
        (rollout) => rollout.waitingFor?.kind === 'approval' && rollout.waitingFor.batch === batch,
      );
      expect(diskCalls(lab)).toHaveLength(before + batch);
      await lab.send(id, 'approve');
    }
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
  });

  it('writes nothing while paused, nor below the floor', async () => {
    await using lab = await withDisks();
    const id = await lab.start({ change: CHANGE, health: { maxUnhealthyInstancePercent: 100 } });
    await lab.until(id, () => diskCalls(lab).length === 1);
    await lab.send(id, 'pause');
    lab.sim.inject({ kind: 'sickInstance', instances: ['3', '4'], untilSeconds: 4000 });
    await lab.host.advance(1_200_000);
    expect(diskCalls(lab)).toHaveLength(1);
    await lab.send(id, 'resume');
    const waiting = await lab.until(id, (rollout) => rollout.waitingFor?.kind === 'floor');
    expect(waiting.waitingFor.message).toContain('serving');
    expect(diskCalls(lab)).toHaveLength(1);
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(await disksNow(lab)).toEqual(AFTER);
  });

  it('stops for a model that somebody else has changed', async () => {
    await using lab = await withDisks();
    const id = await lab.start({ change: CHANGE });
    await lab.until(id, () => diskCalls(lab).length === 1);
    lab.sim.inject({
      kind: 'foreignModel',
      atSeconds: 0,
      patch: { properties: { virtualMachineProfile: { licenseType: 'RHEL_BYOS' } } },
    });
    expect(await lab.toEnd(id)).toMatchObject({ phase: 'halted', failure: { code: 'conflict' } });
    expect(diskCalls(lab)).toHaveLength(1);
  });

  it('one write in fifteen seconds where batches slide', async () => {
    await using lab = await withDisks();
    expect((await lab.rollOut({ change: CHANGE, strategy: { pacing: 'sliding' } })).phase).toBe('succeeded');
    const times = writes(lab.log)
      .filter(({ operation }) => operation === 'attachDetachDataDisks')
      .map(({ time }) => time);
    expect(times).toHaveLength(3);
    for (const [index, time] of times.slice(1).entries())
      expect(time - (times[index] ?? 0)).toBeGreaterThanOrEqual(15_000);
    expect(await disksNow(lab)).toEqual(AFTER);
  });

  it('leaves policy and repairs as they are', async () => {
    await using lab = await withDisks({
      upgradePolicy: { mode: 'Automatic' },
      properties: { automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT30M' } },
    });
    expect((await lab.rollOut({ change: CHANGE })).phase).toBe('succeeded');
    expect(writes(lab.log).every(({ operation }) => WRITES_OF_DISKS.has(operation))).toBe(true);
  });
});

describe('together with a change of the model', () => {
  const change = { image: { version: NEW }, ...CHANGE };

  // Feature [Change] Data disks together with a change of the model (Change)
  // Feature [Change] Disks together with a change of the model: the model first (Change)
  it('brings each instance to the model first, and its disks when it is well there', async () => {
    await using lab = await withDisks();
    expect((await lab.rollOut({ change })).phase).toBe('succeeded');
    expect(acts(lab)).toEqual([
      'manualupgrade 0',
      'attachDetachDataDisks 0',
      'manualupgrade 1',
      'attachDetachDataDisks 1',
      'manualupgrade 2',
      'attachDetachDataDisks 2',
      'manualupgrade 3',
      'manualupgrade 4',
    ]);
    expectImages(lab, NEW);
    expect(await disksNow(lab)).toEqual(AFTER);
    expectSafe(lab, { floor: 4 });
  });

  it.each([
    ['upgradeCold', ['manualupgrade 1', 'attachDetachDataDisks 1'], 'deallocated'],
    ['startFirst', ['start 1', 'manualupgrade 1', 'attachDetachDataDisks 1'], 'running'],
  ])('reaches an instance that is off, too: %s', async (deallocated, done, power) => {
    await using lab = await withDisks();
    await az(lab, `az vmss deallocate ${ON_WEB} --instance-ids 1`);
    await lab.host.advance(120_000);
    const before = acts(lab).length;
    const rollout = await lab.rollOut({ change, targets: { deallocated }, ...ROOM });
    expect(rollout.phase).toBe('succeeded');
    expect(
      acts(lab)
        .slice(before)
        .filter((act) => act.endsWith(' 1')),
    ).toEqual(done);
    expect(await disksNow(lab)).toEqual(AFTER);
    expect(lab.sim.scaleSet('web')?.instances[1]?.power).toBe(power);
    expect((await lab.rollOut({ change: {}, rollbackOf: rollout.id, ...ROOM })).phase).toBe('succeeded');
    expect(await disksNow(lab)).toEqual(BEFORE);
    expect(lab.sim.scaleSet('web')?.instances[1]?.power).toBe('deallocated');
  });

  it('goes back the other way round', async () => {
    await using lab = await withDisks({ faults: [{ kind: 'badImage', version: NEW, instances: ['2'] }] });
    expect((await lab.rollOut({ change })).phase).toBe('rolledBack');
    expect(acts(lab).slice(5)).toEqual([
      'manualupgrade 2',
      'attachDetachDataDisks 1',
      'manualupgrade 1',
      'attachDetachDataDisks 0',
      'manualupgrade 0',
    ]);
    expectImages(lab, OLD);
    expect(await disksNow(lab)).toEqual(BEFORE);
    expectSafe(lab, { floor: 4, mostDisruptions: 2 });
  });

  it('and undoes both after the end', async () => {
    await using lab = await withDisks();
    const { id } = await lab.rollOut({ change });
    expect((await lab.rollOut({ change: {}, rollbackOf: id })).phase).toBe('succeeded');
    expectImages(lab, OLD);
    expect(await disksNow(lab)).toEqual(BEFORE);
  });
});

/** One is off, and one may go down beside it. */
const ROOM = { strategy: { maxUnavailable: 2 } };

const ON_WEB = `--subscription ${SUBSCRIPTION} --resource-group rollout --name web`;

/** What was asked of which instances, in order, since the rollout began. */
function acts(lab: Lab): readonly string[] {
  return writes(lab.log).flatMap(({ operation, instances, operationId }) =>
    instances === undefined || operationId === undefined || operation === 'putInstance'
      ? []
      : [`${operation} ${instances.join(',')}`],
  );
}
