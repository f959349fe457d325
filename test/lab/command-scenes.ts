import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import { NEW, startLab } from './lab.ts';
import type { Body, Lab } from './lab.ts';

/**
 * A rollout of ten instances in a phase, in which a command may come: batch `k` is update domain `k`, with the instances
 * `k` and `k + 5`.
 */
export interface Scene {
  /** The column of the page's table. */
  readonly column: string;
  readonly what: string;
  readonly faults?: readonly FaultInput[];
  readonly spec?: Record<string, unknown>;
  /** From the start to the phase; nothing where it is there at once. */
  readonly reach?: (lab: Lab, id: string) => Promise<unknown>;
  /** The phase that is shown then. */
  readonly phase: string;
  /** The batch that a command can be about, and the last one that is over; absent where there is none yet. */
  readonly batch?: number;
  readonly done?: number;
  /** Those of the batch that have failed. */
  readonly failed?: readonly string[];
  /** What was sent so far: what a rollback has to bring back. */
  readonly touched?: readonly string[];
}

const BAD: FaultInput = { kind: 'badImage', version: NEW, updateDomains: [1] };
const GATED = { approvals: { before: 'batch' } };
const SOAKING = { soakSeconds: 900 };

const at =
  (phase: string, batch?: number) =>
  (lab: Lab, id: string): Promise<Body> =>
    lab.until(id, (r) => r.phase === phase && (batch === undefined || r.batch === batch));

async function atSecondGate(lab: Lab, id: string): Promise<void> {
  await lab.until(id, 'waiting');
  await lab.send(id, 'approve');
  await lab.until(id, (r) => r.waitingFor?.kind === 'approval' && r.waitingFor.batch === 1);
}

async function betweenBatches(lab: Lab, id: string): Promise<void> {
  await at('soaking', 0)(lab, id);
  await lab.send(id, 'pause');
  await lab.until(id, (r) => r.batches[0].phase === 'succeeded');
}

async function withoutRoom(lab: Lab, id: string): Promise<void> {
  await at('soaking', 0)(lab, id);
  lab.sim.inject({ kind: 'sickInstance', instances: ['4', '9'], untilSeconds: 6000 });
  await lab.until(id, (r) => r.waitingFor?.kind === 'floor');
}

async function rollingBack(lab: Lab, id: string): Promise<void> {
  await at('rollingBack')(lab, id);
}

const DONE_FIRST = { batch: 1, done: 0, touched: ['0', '5'] };
const ALL_TOUCHED = { batch: 1, done: 0, touched: ['0', '1', '5', '6'] };

/** Waits of which the page says the same are one column; the ways in which a rollout ends, too. */
export const SCENES: readonly Scene[] = [
  { column: 'planning', what: 'accepted', phase: 'accepted', batch: 0 },
  {
    column: 'planning',
    what: 'planning, while Azure does not answer',
    faults: [{ kind: 'unreachable', fromSeconds: 0, untilSeconds: 1800 }],
    reach: at('planning'),
    phase: 'planning',
    batch: 0,
  },
  {
    column: 'waiting at a gate',
    what: 'waiting at a gate',
    spec: GATED,
    reach: atSecondGate,
    phase: 'waiting',
    ...DONE_FIRST,
  },
  {
    column: 'waiting for the floor',
    what: 'waiting for the floor',
    spec: SOAKING,
    reach: withoutRoom,
    phase: 'waiting',
    ...DONE_FIRST,
  },
  { column: 'at work', what: 'applyingModel', reach: at('applyingModel'), phase: 'applyingModel', batch: 0 },
  { column: 'at work', what: 'upgrading', reach: at('upgrading', 1), phase: 'upgrading', ...ALL_TOUCHED },
  { column: 'at work', what: 'settling', reach: at('settling', 1), phase: 'settling', ...ALL_TOUCHED },
  {
    column: 'at work',
    what: 'soaking',
    spec: SOAKING,
    reach: at('soaking', 1),
    phase: 'soaking',
    ...ALL_TOUCHED,
  },
  {
    column: 'paused',
    what: 'paused',
    spec: SOAKING,
    reach: betweenBatches,
    phase: 'paused',
    ...DONE_FIRST,
  },
  {
    column: 'paused at a gate',
    what: 'paused at a gate',
    spec: GATED,
    reach: async (lab, id) => {
      await atSecondGate(lab, id);
      await lab.send(id, 'pause');
      await lab.host.advance(60_000);
    },
    phase: 'paused',
    ...DONE_FIRST,
  },
  {
    column: 'paused by a failure',
    what: 'paused by a failure',
    // One, so that the others have room.
    faults: [{ kind: 'badImage', version: NEW, instances: ['1'] }],
    spec: { onFailure: 'pause' },
    reach: at('paused'),
    phase: 'paused',
    failed: ['1'],
    ...ALL_TOUCHED,
  },
  {
    column: 'rolling back',
    what: 'rolling back',
    faults: [BAD],
    reach: rollingBack,
    phase: 'rollingBack',
    ...ALL_TOUCHED,
  },
  {
    column: 'rolling back, paused',
    what: 'paused while rolling back',
    faults: [BAD],
    reach: async (lab, id) => {
      await rollingBack(lab, id);
      await lab.send(id, 'pause');
      await lab.host.advance(1800_000);
    },
    phase: 'paused',
    ...ALL_TOUCHED,
  },
  {
    column: 'stopping',
    what: 'stopping after an abort',
    reach: async (lab, id) => {
      await at('settling', 1)(lab, id);
      await lab.send(id, 'abort');
      await lab.host.advance(2000);
    },
    phase: 'settling',
    ...ALL_TOUCHED,
  },
  ...ends(),
];

function ends(): readonly Scene[] {
  const ended = (what: string, how: Partial<Scene>): Scene => ({
    column: 'ended',
    what,
    phase: what,
    reach: (lab, id) => lab.toEnd(id),
    ...how,
  });
  const stuck: FaultInput = { kind: 'sickInstance', instances: ['1'], fromSeconds: 240 };
  const refusing: FaultInput = { kind: 'refused', operation: 'patch', status: 400, code: 'Invalid' };
  const sending = (command: string, arrive: NonNullable<Scene['reach']>): NonNullable<Scene['reach']> =>
    async function send(lab, id) {
      await arrive(lab, id);
      await lab.send(id, command);
      await lab.toEnd(id);
    };
  return [
    ended('succeeded', { batch: 1, done: 0 }),
    ended('rolledBack', { faults: [BAD], ...ALL_TOUCHED }),
    ended('halted', { faults: [BAD], spec: { onFailure: 'halt' }, ...ALL_TOUCHED }),
    ended('failed', { faults: [BAD, stuck], spec: { health: { timeoutSeconds: 120 } }, ...ALL_TOUCHED }),
    ended('refused', { faults: [refusing], batch: 1 }),
    ended('rejected', { spec: GATED, reach: sending('reject', atSecondGate), ...DONE_FIRST }),
    ended('cancelled', { reach: sending('abort', at('settling', 1)), ...ALL_TOUCHED }),
  ];
}

/** Runs a rollout into a scene. */
export async function enter({
  faults = [],
  spec = {},
  reach,
}: Scene): Promise<{ readonly lab: Lab; readonly id: string }> {
  const lab = await startLab({ count: 10, faults, profile: { throttling: false } });
  const id = await lab.start(spec);
  await reach?.(lab, id);
  return { lab, id };
}
