import type { Answer } from '../core/answer.ts';
import { affordable, servingNow } from '../core/capacity.ts';
import { modelHash } from '../core/delta.ts';
import { floorOf } from '../core/floor.ts';
import { lookAt } from '../core/health.ts';
import type { Instance } from '../core/instances.ts';
import { nextAction } from '../core/ledger.ts';
import type { LedgerRow } from '../core/ledger.ts';
import type { Operation } from '../core/operation.ts';
import { patience } from '../core/patience.ts';
import { provisioningStateOf } from '../core/plan.ts';
import { expectationOf } from '../core/settle.ts';
import type { Phase } from '../core/rollout.ts';
import { readLedger, readOperations, writeLedger } from '../store/ledger.ts';
import { begin } from './begin.ts';
import { wait } from './brief.ts';
import type { Brief } from './brief.ts';
import { defineStep } from './define.ts';
import type { StepInput } from './define.ts';
import { addressOf, stopForForeignModel } from './model-write.ts';
import { waitWhilePaused } from './paused.ts';
import type { Ports } from './ports.ts';
import { readOrWait, stopFor, waitOutHold } from './reads.ts';
import { sendUpgrade } from './send-upgrade.ts';

/** Asks Azure to bring a batch's outstanding instances to the current model: one write, as large as the floor allows. */
export const upgradeBatch = defineStep({
  name: 'upgradeBatch',
  async run(input, ports) {
    const begun = await begin(input, ports);
    if (begun.kind === 'over') return begun.answer;
    const { brief } = begun;
    const { record } = brief;
    const rows = await readLedger(ports.store, record.id);
    const outstanding = sameAction(rows.filter((row) => isOutstanding(row, input)));
    if (outstanding.length === 0) return { kind: 'done' };
    const operations = await readOperations(ports.store, record.id);
    // What became of a write without an answer must be known before the next one goes out.
    if (
      operations.some(
        ({ kind, status }) => kind === 'upgrade' && (status === 'intended' || status === 'unknown'),
      )
    ) {
      return { kind: 'done' };
    }
    if (input.way === 'forward' && record.opened !== input.batch) return { kind: 'again' };
    if (brief.standing.paused) return waitWhilePaused(brief, ports);
    const phase = phaseOf(input);
    const held = await waitOutHold(brief, ports, { name: 'write', phase });
    if (held !== undefined) return held;
    return lookAndSend(brief, ports, { input, phase, rows, outstanding, operations });
  },
});

function isOutstanding(row: LedgerRow, { batch, way }: StepInput): boolean {
  return row.batch === batch && row.way === way && row.state === 'pending';
}

/** One write does one thing: those come first that are furthest, since they may be down meanwhile. */
function sameAction(rows: readonly LedgerRow[]): readonly LedgerRow[] {
  const furthest = rows.reduce((step, row) => Math.max(step, row.step), 0);
  const first = rows.find((row) => row.step === furthest);
  return rows.filter(
    (row) => first !== undefined && row.step === furthest && nextAction(row) === nextAction(first),
  );
}

function phaseOf({ way }: StepInput): Phase {
  return way === 'back' ? 'rollingBack' : 'upgrading';
}

interface Sight {
  readonly input: StepInput;
  readonly phase: Phase;
  readonly rows: readonly LedgerRow[];
  readonly outstanding: readonly LedgerRow[];
  readonly operations: readonly Operation[];
}

async function lookAndSend(brief: Brief, ports: Ports, sight: Sight): Promise<Answer> {
  const { phase } = sight;
  const address = addressOf(brief);
  const set = await readOrWait(brief, ports, {
    name: 'scaleSet',
    phase,
    read: () => ports.compute.scaleSet(address),
  });
  if (set.kind === 'no') return set.answer;
  const { model } = set.value;
  if (provisioningStateOf(model) === 'Deleting') {
    const message = 'the scale set is being deleted';
    return stopFor(brief, ports, { code: 'conflict', message, remedy: 'none: it will be gone' });
  }
  if (modelHash(model) !== brief.record.modelHash) return stopForForeignModel(brief, ports);
  const seen = await readOrWait(brief, ports, {
    name: 'instances',
    phase,
    read: () => ports.compute.instances(address),
  });
  if (seen.kind === 'no') return seen.answer;

  const left = await leaveOut(brief, ports, sight, seen.value);
  const serving = servingNow(seen.value, sight.rows);
  const floor = floorNow(brief, seen.value.length);
  const chosen = affordable(
    left.map(({ instanceId }) => instanceId),
    { serving, floor },
  ).slice(0, ports.pace.maxInstanceIds);
  if (chosen.length > 0) {
    const rows = left.filter(({ instanceId }) => chosen.includes(instanceId));
    return sendUpgrade(brief, ports, {
      ...sight,
      rows,
      etag: set.value.etag,
      remaining: left.length - rows.length,
    });
  }
  const isAtWork = sight.rows.some(({ state, batch }) => state !== 'pending' && batch === sight.input.batch);
  if (left.length === 0 || (isAtWork && sight.rows.some((row) => isBusy(row)))) return { kind: 'done' };
  return wait(brief, ports, {
    seconds: patience(brief.record.waitingFor, 'floor', {
      now: brief.now,
      least: ports.pace.pollSeconds,
      most: 120,
    }),
    phase: brief.record.course.kind === 'back' ? 'rollingBack' : 'waiting',
    waitingFor: {
      kind: 'floor',
      batch: sight.input.batch,
      message: `only ${serving.size} instances serve and the floor is ${floor}; it goes on by itself: vmss-rollout abort ${brief.record.id} ends it`,
    },
  });
}

function isBusy({ state }: LedgerRow): boolean {
  return state === 'upgrading' || state === 'settling';
}

/** The floor follows the capacity: autoscale may have moved it. */
function floorNow({ record }: Brief, capacity: number): number {
  const floor = floorOf(record.spec.strategy.maxUnavailable, capacity, record.largestDomain ?? 1);
  // With a single instance left nothing may go down any more.
  return typeof floor === 'number' ? floor : capacity;
}

/**
 * Takes out of the outstanding rows what must not be sent: instances that are gone or protected by now, and those on
 * which an earlier, preempted write is still at work.
 */
async function leaveOut(
  brief: Brief,
  ports: Ports,
  { input, outstanding, operations }: Sight,
  instances: readonly Instance[],
): Promise<readonly LedgerRow[]> {
  const known = new Map(instances.map((instance) => [instance.instanceId, instance]));
  const updatedAt = new Date(brief.now).toISOString();
  const judged = outstanding.map((row): LedgerRow => {
    const instance = known.get(row.instanceId);
    if (instance === undefined) return { ...row, state: 'gone', updatedAt };
    if (instance.isProtected && input.way === 'forward') {
      return { ...row, state: 'skipped', skipReason: 'protected from actions of the scale set', updatedAt };
    }
    const earlier = operations.find(({ key }) => key === row.operation);
    if (earlier === undefined) return row;
    const { targetImage: image, disruptive = false } = brief.record;
    const look = lookAt(instance, expectationOf(row, earlier, { image, disruptive }));
    return look.kind === 'untouched' || look.kind === 'failed'
      ? row
      : { ...row, state: 'settling', updatedAt };
  });
  await writeLedger(
    ports.store,
    brief.record.id,
    judged.filter(({ state }) => state !== 'pending'),
  );
  return judged.filter(({ state }) => state === 'pending');
}
