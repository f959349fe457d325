import { expect } from 'vitest';
import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import { acceptedUpgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { expectAudited } from './audit.ts';
import { expectImages, expectSafe } from './judge.ts';
import { dieAtCall } from './die.ts';
import { steps, told } from './drawn.ts';
import { NEW, OLD, startLab } from './lab.ts';
import type { Lab } from './lab.ts';
import { powerNow, switchPower } from './power.ts';

interface Sweep {
  readonly name: string;
  readonly faults: readonly FaultInput[];
  readonly spec?: Record<string, unknown>;
  /** Instances that are deallocated before it begins, and how they have to be in the end. */
  readonly off?: { readonly instances: readonly string[]; readonly end: 'running' | 'deallocated' };
  readonly end: string;
  readonly image: string;
  /** Minutes of an hour in which upgrades are accepted at the latest: a batch that has begun goes on after its window. */
  readonly untilMinute?: number;
  /** How often an instance is taken down at most: once a way. */
  readonly ways: number;
  /** Between two calls at which the process dies: for every commit, and for a thorough look. */
  readonly steps: { readonly fast: number; readonly long: number };
}

export const SWEEPS: readonly Sweep[] = [
  {
    name: 'going forward',
    faults: [],
    end: 'succeeded',
    image: NEW,
    ways: 1,
    steps: { fast: 73, long: 1 },
  },
  {
    name: 'rolling back',
    faults: [{ kind: 'badImage', version: NEW, updateDomains: [1] }],
    end: 'rolledBack',
    image: OLD,
    ways: 2,
    steps: { fast: 73, long: 1 },
  },
  {
    name: 'sliding',
    faults: [],
    spec: { strategy: { pacing: 'sliding' } },
    end: 'succeeded',
    image: NEW,
    ways: 1,
    steps: { fast: 167, long: 2 },
  },
  {
    name: 'sliding, then rolling back',
    faults: [{ kind: 'badImage', version: NEW, instances: ['6'] }],
    spec: { strategy: { pacing: 'sliding' } },
    end: 'rolledBack',
    image: OLD,
    ways: 2,
    steps: { fast: 241, long: 7 },
  },
  {
    name: 'past instances that stay off',
    faults: [],
    spec: { targets: { deallocated: 'upgradeCold' } },
    off: { instances: ['3'], end: 'deallocated' },
    end: 'succeeded',
    image: NEW,
    ways: 1,
    steps: { fast: 167, long: 2 },
  },
  {
    name: 'starting instances that are off, then rolling back',
    faults: [{ kind: 'badImage', version: NEW, updateDomains: [1] }],
    spec: { targets: { deallocated: 'startFirst' } },
    off: { instances: ['3', '7'], end: 'deallocated' },
    end: 'rolledBack',
    image: OLD,
    ways: 2,
    steps: { fast: 167, long: 2 },
  },
  {
    name: 'from window to window',
    faults: [],
    spec: { windows: { open: [{ cron: '0 * * * *', durationMinutes: 5 }] } },
    end: 'succeeded',
    image: NEW,
    ways: 1,
    untilMinute: 25,
    steps: { fast: 119, long: 1 },
  },
];

/** Minutes of the hour at which Azure accepted upgrades. */
function upgradeMinutes(lab: Lab): readonly number[] {
  return lab.log.flatMap((entry) =>
    entry.kind === 'request' && entry.operation === 'manualupgrade' && entry.status === 202
      ? [new Date(entry.time).getUTCMinutes()]
      : [],
  );
}

/**
 * Runs a rollout again and again; each time the process dies at another call to the store, in turn before and after
 * the call took effect, and is started anew.
 */
export async function dieAtCalls(
  sweep: Sweep,
  { from, step }: { from: number; step: number },
): Promise<number> {
  const calls = await countCalls(sweep);
  const { off = { instances: [], end: undefined } } = sweep;
  let runs = 0;
  for (const call of told(`deaths ${sweep.name}`, steps(from, calls, step))) {
    await using lab = await begun(sweep);
    const id = await lab.start(sweep.spec);
    const when = runs % 2 === 0 ? 'before' : 'after';
    await dieAtCall(lab, call, when);
    const rollout = await lab.toEnd(id);
    expect({ call, when, phase: rollout.phase }).toEqual({ call, when, phase: sweep.end });
    expectImages(lab, sweep.image);
    expect(new Set(Object.values(powerNow(lab.log, off.instances)))).toEqual(
      new Set(off.end === undefined ? [] : [off.end]),
    );
    expectSafe(lab, { mostDisruptions: sweep.ways });
    await expectAudited(lab, id);
    if (sweep.untilMinute !== undefined)
      expect(Math.max(...upgradeMinutes(lab))).toBeLessThan(sweep.untilMinute);
    expect(Math.max(...Object.values(acceptedUpgradesPerInstance(lab.log)))).toBeLessThanOrEqual(sweep.ways);
    runs += 1;
  }
  return runs;
}

async function begun({ faults, off }: Sweep): Promise<Lab> {
  const lab = await startLab({ faults });
  if (off !== undefined) await switchPower(lab, 'deallocate', off.instances);
  return lab;
}

async function countCalls(sweep: Sweep): Promise<number> {
  await using probe = await begun(sweep);
  const id = await probe.start(sweep.spec);
  const before = probe.store.calls.length;
  // Not by looking at the rollout: that would call the store, too.
  await probe.host.runToEnd(id);
  return probe.store.calls.length - before;
}
