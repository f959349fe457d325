import { expect } from 'vitest';
import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import type { LogEntry } from '../../local/simulator/log/entries.ts';
import { imagesNow, overlappingWrites, upgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { belowFloor } from '../../local/simulator/log/serving.ts';
import { NEW, OLD, startLab } from './lab.ts';
import type { Body, Lab } from './lab.ts';

/** A whole rollout that a fault is put into at each of its places, one at a time. */
export interface Canonical {
  readonly name: string;
  readonly faults: readonly FaultInput[];
  readonly run: (lab: Lab) => Promise<Body>;
  /** How it ends where nothing else is wrong, and the image that every instance then runs. */
  readonly phase: string;
  readonly image: string;
  /** How often an instance is taken down at most: once for each direction. */
  readonly mostDisruptions: number;
}

const BAD: FaultInput = { kind: 'badImage', version: NEW, updateDomains: [1] };

export const CANONICAL: readonly Canonical[] = [
  {
    name: 'forward',
    faults: [],
    run: (lab) => lab.rollOut(),
    phase: 'succeeded',
    image: NEW,
    mostDisruptions: 1,
  },
  {
    name: 'failing',
    faults: [BAD],
    run: (lab) => lab.rollOut(),
    phase: 'rolledBack',
    image: OLD,
    mostDisruptions: 2,
  },
  {
    name: 'undone',
    faults: [],
    run: async (lab) => {
      const { id } = await lab.rollOut();
      return lab.rollOut({ rollbackOf: id, change: undefined });
    },
    phase: 'succeeded',
    image: OLD,
    mostDisruptions: 2,
  },
];

/** What is put into a rollout: at the `nth` request that it can hit. A line of the table in `places.long.ts`. */
export interface Placed {
  readonly name: string;
  readonly at: (nth: number) => readonly FaultInput[];
  /** Whether it can hit this request. */
  readonly hits: (request: LogEntry & { readonly kind: 'request' }) => boolean;
  /** Other phases than the canonical one in which it may end: what an outage or a refusal may come to. */
  readonly mayEnd?: readonly string[];
}

export interface Place {
  readonly canonical: Canonical;
  readonly placed: Placed;
  readonly nth: number;
}

/** Every place of a rollout that the fault can hit, by a run without it. */
export async function placesOf(canonical: Canonical, placed: Placed): Promise<readonly Place[]> {
  await using lab = await startLab({ faults: canonical.faults });
  const { phase } = await canonical.run(lab);
  expect(phase).toBe(canonical.phase);
  const count = lab.log.filter((entry) => entry.kind === 'request' && placed.hits(entry)).length;
  return Array.from({ length: count }, (_, index) => ({ canonical, placed, nth: index + 1 }));
}

/** What must never be, whatever was hit; judged by the simulator's log. */
export async function expectHolds({ canonical, placed, nth }: Place): Promise<void> {
  await using lab = await startLab({ faults: [...placed.at(nth), ...canonical.faults] });
  const rollout = await canonical.run(lab);
  const { mayEnd = [] } = placed;
  expect({ phase: rollout.phase, failure: rollout.failure }).toMatchObject({
    phase: expect.toSatisfy((phase: string) => phase === canonical.phase || mayEnd.includes(phase)),
  });
  // No false success.
  if (rollout.phase === canonical.phase) {
    expect(new Set(Object.values(imagesNow(lab.log)))).toEqual(new Set([canonical.image]));
    expect(rollout.instances.gone).toBe(0);
  } else if (rollout.phase !== 'refused') expect(rollout.left).toBeDefined();
  const most = Math.max(0, ...Object.values(upgradesPerInstance(lab.log)));
  expect(most).toBeLessThanOrEqual(canonical.mostDisruptions);
  expect(belowFloor(lab.log, 12)).toEqual([]);
  expect(overlappingWrites(lab.log)).toEqual([]);
  expect(lab.host.diagnostics).toEqual([]);
}
