import { expect } from 'vitest';
import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import { acceptedDiskCalls, attachBefore, diskId, disksOf } from './disks.ts';
import { expectSafe, writes } from './judge.ts';
import { dieAtCall } from './die.ts';
import { steps, told } from './drawn.ts';
import { startLab } from './lab.ts';
import type { Lab } from './lab.ts';

interface DiskSweep {
  readonly name: string;
  readonly faults: readonly FaultInput[];
  readonly end: string;
  /** What Azure was to accept, each once and in this order. */
  readonly accepted: readonly string[];
  readonly disks: readonly (readonly string[])[];
}

const CHANGE = {
  dataDisks: {
    attach: [
      { instance: '1', diskId: diskId('n1'), lun: 3 },
      { instance: '2', diskId: diskId('n2'), caching: 'ReadOnly' },
    ],
    detach: [{ instance: '0', lun: 4 }],
  },
};

export const DISK_SWEEPS: readonly DiskSweep[] = [
  {
    name: 'going forward',
    faults: [],
    end: 'succeeded',
    accepted: ['0: -old', '1: +n1@3', '2: +n2@0'],
    disks: [[], ['3 n1 None'], ['0 n2 ReadOnly']],
  },
  {
    name: 'rolling back',
    faults: [{ kind: 'operationFails', operation: 'attachDetachDataDisks', onInstances: ['2'] }],
    end: 'rolledBack',
    accepted: ['0: -old', '1: +n1@3', '2: +n2@0', '2: -n2', '1: -n1', '0: +old@4'],
    disks: [['4 old ReadWrite'], [], []],
  },
];

async function prepared({ faults }: DiskSweep): Promise<Lab> {
  const lab = await startLab({ count: 5, faults });
  await attachBefore(lab, '0', [{ name: 'old', lun: 4, caching: 'ReadWrite' }]);
  return lab;
}

/** As `dieAtCalls`: the process dies at another call to the store each time, and no disk is moved twice or forgotten. */
export async function dieWithDisks(
  sweep: DiskSweep,
  { from, step }: { from: number; step: number },
): Promise<number> {
  const calls = await countCalls(sweep);
  let runs = 0;
  for (const call of told(`deaths with disks, ${sweep.name}`, steps(from, calls, step))) {
    await using lab = await prepared(sweep);
    const id = await lab.start({ change: CHANGE });
    const when = runs % 2 === 0 ? 'before' : 'after';
    await dieAtCall(lab, call, when);
    const { phase } = await lab.toEnd(id);
    const accepted = acceptedDiskCalls(lab);
    expect({ call, when, phase, accepted }).toEqual({
      call,
      when,
      phase: sweep.end,
      accepted: sweep.accepted,
    });
    for (const [index, disks] of sweep.disks.entries()) {
      expect(await disksOf(lab, String(index))).toEqual(disks);
    }
    const others = writes(lab.log).filter(({ operation }) => operation !== 'attachDetachDataDisks');
    expect(others.map(({ operation }) => operation)).toEqual(['putInstance']);
    expectSafe(lab, { floor: 4, mostDisruptions: 0 });
    runs += 1;
  }
  return runs;
}

async function countCalls(sweep: DiskSweep): Promise<number> {
  await using probe = await prepared(sweep);
  const id = await probe.start({ change: CHANGE });
  const before = probe.store.calls.length;
  await probe.host.runToEnd(id);
  return probe.store.calls.length - before;
}
