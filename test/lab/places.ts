import { expect } from 'vitest';
import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import type { LogEntry } from '../../local/simulator/log/entries.ts';
import { imagesNow, overlappingWrites, upgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { belowFloor } from '../../local/simulator/log/serving.ts';
import { writes } from './judge.ts';
import { NEW, OLD, startLab } from './lab.ts';
import type { Body, Lab } from './lab.ts';

/** A whole rollout that a fault is put into at each of its places, one at a time. */
export interface Canonical {
  readonly name: string;
  readonly faults: readonly FaultInput[];
  /** Its rollouts, one after the other; each is told the one before. */
  readonly rollouts: readonly ((before: string | undefined) => Record<string, unknown>)[];
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
    rollouts: [() => ({})],
    phase: 'succeeded',
    image: NEW,
    mostDisruptions: 1,
  },
  {
    name: 'failing',
    faults: [BAD],
    rollouts: [() => ({})],
    phase: 'rolledBack',
    image: OLD,
    mostDisruptions: 2,
  },
  {
    name: 'undone',
    faults: [],
    rollouts: [() => ({}), (rollbackOf) => ({ rollbackOf, change: undefined })],
    phase: 'succeeded',
    image: OLD,
    mostDisruptions: 2,
  },
];

/** What is put into a rollout: at the `nth` request that it can hit. A line of the table in `places.long.ts`. */
export interface Placed {
  readonly name: string;
  readonly at: (nth: number, seconds: number) => readonly FaultInput[];
  /** Whether it can hit this request. */
  readonly hits: (request: LogEntry & { readonly kind: 'request' }) => boolean;
  /** Other phases than the canonical one in which it may end: what an outage or a refusal may come to. */
  readonly mayEnd?: readonly string[];
  /** Where it hits the look that decides, nobody can tell how instances are: then it waits for a person, who resumes it. */
  readonly mayPause?: boolean;
}

export interface Place {
  readonly canonical: Canonical;
  readonly placed: Placed;
  readonly nth: number;
  /** When that request came in a run without the fault, after the simulator's start. */
  readonly seconds: number;
}

/** Every place of a rollout that the fault can hit, by a run without it. */
export async function placesOf(canonical: Canonical, placed: Placed): Promise<readonly Place[]> {
  await using lab = await startLab({ faults: canonical.faults });
  const { phase } = await run(lab, canonical);
  expect(phase).toBe(canonical.phase);
  const hit = lab.log.filter((entry) => entry.kind === 'request' && placed.hits(entry));
  return hit.map(({ time }, index) => {
    const seconds = (time - lab.sim.settings.started) / 1000;
    return { canonical, placed, nth: index + 1, seconds };
  });
}

/** What must never be, whatever was hit; judged by the simulator's log. */
export async function expectHolds({ canonical, placed, nth, seconds }: Place): Promise<void> {
  await using lab = await startLab({ faults: [...placed.at(nth, seconds), ...canonical.faults] });
  const rollout = await run(lab, canonical, placed.mayPause);
  const { mayEnd = [] } = placed;
  expect({ phase: rollout.phase, failure: rollout.failure }).toMatchObject({
    phase: expect.toSatisfy((phase: string) => phase === canonical.phase || mayEnd.includes(phase)),
  });
  // No false success.
  if (rollout.phase === canonical.phase) {
    expect(new Set(Object.values(imagesNow(lab.log)))).toEqual(new Set([canonical.image]));
    expect(rollout.instances.gone).toBe(0);
  } else if (rollout.phase !== 'refused') expect(rollout.left).toBeDefined();
  expectHarmless(lab, canonical);
}

/** Longer than any of the rollouts takes where nothing is wrong. */
const LONGEST_MS = 2700 * 1000;
/** Within what an abort, and then another one, ends whatever is waited for. */
const COMMAND_MS = 1200 * 1000;

/** Whatever is waited for at this place, for ever: an abort, or a second one, ends it, and what is left is told. */
export async function expectEndsByCommand({ canonical, placed, nth, seconds }: Place): Promise<void> {
  await using lab = await startLab({ faults: [...placed.at(nth, seconds), ...canonical.faults] });
  let last: Body;
  for (const [index, spec] of canonical.rollouts.entries()) {
    const id = await lab.start(spec(last?.id));
    last = await within(lab, id, LONGEST_MS);
    const wasStopped = last.endedAt === null;
    for (let aborts = 0; last.endedAt === null && aborts < 2; aborts += 1) {
      await lab.send(id, 'abort');
      last = await within(lab, id, COMMAND_MS);
    }
    expect(last.endedAt, JSON.stringify(last.waitingFor)).not.toBeNull();
    expectTrueEnd(lab, last, index);
    if (wasStopped || last.phase !== canonical.phase) break;
  }
  expectHarmless(lab, canonical);
}

/** One that says that it succeeded or was rolled back left every instance so; another one names what stands. */
function expectTrueEnd(lab: Lab, { phase, left }: Body, index: number): void {
  if (phase === 'succeeded' || phase === 'rolledBack') {
    const image = (phase === 'succeeded') === (index === 0) ? NEW : OLD;
    expect(new Set(Object.values(imagesNow(lab.log)))).toEqual(new Set([image]));
  } else if (writes(lab.log).some(({ operationId }) => operationId !== undefined)) expect(left).toBeDefined();
}

/** The rollout as it is when it has ended, or when the time is over. */
async function within(lab: Lab, id: string, milliseconds: number): Promise<Body> {
  const end = lab.host.clock.now() + milliseconds;
  for (;;) {
    const rollout = await lab.get(id);
    if (rollout.endedAt !== null || lab.host.clock.now() >= end) return rollout;
    await lab.host.advance(60_000);
  }
}

/** Runs the rollouts one after the other; answers with the last. */
async function run(lab: Lab, { rollouts }: Canonical, mayPause = false): Promise<Body> {
  let rollout: Body;
  for (const spec of rollouts) {
    const id = await lab.start(spec(rollout?.id));
    if (mayPause) await resumeOnce(lab, id);
    rollout = await lab.toEnd(id);
  }
  return rollout;
}

async function resumeOnce(lab: Lab, id: string): Promise<void> {
  const now = await lab.until(id, ({ phase, endedAt }) => phase === 'paused' || endedAt !== null);
  if (now.phase !== 'paused') return;
  expect(now.failure).toMatchObject({ code: 'healthInconclusive' });
  await lab.send(id, 'resume');
}

function expectHarmless(lab: Lab, { mostDisruptions }: Canonical): void {
  const most = Math.max(0, ...Object.values(upgradesPerInstance(lab.log)));
  expect(most).toBeLessThanOrEqual(mostDisruptions);
  expect(belowFloor(lab.log, 12)).toEqual([]);
  expect(overlappingWrites(lab.log)).toEqual([]);
  expect(lab.host.diagnostics).toEqual([]);
}
