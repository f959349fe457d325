import type { Caller } from '../core/access/caller.ts';
import { pauseOf, phaseShown, standingOf } from '../core/run/standing.ts';
import type { PropertyChange } from '../core/model/delta.ts';
import { restoreInModel } from '../core/model/guards.ts';
import { countRows } from '../core/record/ledger.ts';
import type { LedgerRow } from '../core/record/ledger.ts';
import type { RolloutSpec } from '../core/spec/spec.ts';
import { openingAt } from '../core/run/window.ts';
import type { Plan } from '../core/plan/plan.ts';
import type { RollbackPlan } from '../core/explain/rollback-plan.ts';
import { isEnded } from '../core/record/phase.ts';
import type { BatchProgress, Counts, Left, RolloutRecord, Waited } from '../core/record/rollout.ts';
import { shown } from '../core/model/secrets.ts';
import { nextFor } from '../core/run/next-for.ts';
import { waitOf } from '../core/run/recovery.ts';
import type { Found } from '../operations/find-rollout.ts';
import type { Answer } from './api/parts.ts';
import type { Plan as PlanAnswer, RollbackPlan as RollbackPlanAnswer } from './api/plan.ts';
import type { Batch, Instance, Rollout } from './api/rollout.ts';

const NO_COUNTS = countRows([]);

/** A rollout as the API shows it to this caller. */
export function rolloutShape({ record, commands }: Found, caller: Caller): Answer<typeof Rollout> {
  const { spec } = record;
  const { namedStrategy } = spec;
  const waitingFor = waitOf(record);
  const hasEnded = isEnded(record.phase);
  const standing = standingOf(record, commands);
  const paused = pauseOf(record, standing);
  const { next, denied } = nextFor({ record, commands }, caller);
  return {
    id: record.id,
    scaleSet: record.scaleSet,
    phase: phaseShown(record, standing),
    requestedBy: record.requestedBy,
    reason: spec.reason ?? null,
    labels: spec.labels ?? {},
    createdAt: record.createdAt,
    startedAt: record.startedAt ?? null,
    endedAt: record.endedAt ?? null,
    planHash: record.planHash ?? null,
    ...(namedStrategy?.version !== undefined && {
      namedStrategy: { name: namedStrategy.name, version: namedStrategy.version },
    }),
    ...(record.noop === true && { noop: true }),
    next,
    ...(denied.length > 0 && { denied }),
    ...(waitingFor !== undefined && !hasEnded && { waitingFor }),
    ...(record.waited !== undefined && { waited: rounded(record.waited) }),
    ...(paused !== undefined && { paused }),
    ...(record.batch !== undefined && { batch: record.batch }),
    batches: record.batches.map((batch) => batchShape(batch)),
    ...(record.fellBack !== undefined && { fellBack: record.fellBack }),
    instances: countsShape(record),
    ...(record.failure !== undefined && { failure: record.failure }),
    ...(record.left !== undefined && { left: leftShape(record.left) }),
  };
}

function rounded(waited: Waited): Waited {
  return Object.fromEntries(Object.entries(waited).map(([who, seconds]) => [who, Math.round(seconds)]));
}

/** Protected targets have no row: nothing is done with them but to say so. */
function countsShape({ counts = NO_COUNTS, protectedCount = 0 }: RolloutRecord): Counts {
  const { total, skipped, ...others } = counts;
  return { total: total + protectedCount, ...others, skipped: skipped + protectedCount };
}

/** Its lists are always there: whoever reads them by a script need not ask first. */
function leftShape({
  instances,
  heldGuards = [],
  ...left
}: Left): NonNullable<Answer<typeof Rollout>['left']> {
  return { ...left, instances: { before: [], after: [], unknown: [], ...instances }, heldGuards };
}

function batchShape({
  index,
  name,
  phase,
  instances,
  startedAt,
  endedAt,
}: BatchProgress): Answer<typeof Batch> {
  return { index, name, phase, instances, startedAt: startedAt ?? null, endedAt: endedAt ?? null };
}

/** A plan, and when batches may begin by the clock of whoever looks. */
export function planOf(plan: Plan, spec: Partial<RolloutSpec>, now: number): Answer<typeof PlanAnswer> {
  const opening = openingAt(spec, now);
  return { ...planShape(plan), ...(opening !== undefined && { window: windowShape(opening) }) };
}

export function windowShape({ open, until }: { readonly open: boolean; readonly until: number | undefined }) {
  return { open, until: until === undefined ? null : new Date(until).toISOString() };
}

function planShape({
  kind: _kind,
  modelHash: _hash,
  image: _image,
  largestDomain: _largest,
  restoredGuards: _restoredGuards,
  promisesHealth: _promised,
  suppressed: _suppressed,
  ...plan
}: Plan): Answer<typeof PlanAnswer> {
  return {
    planHash: plan.hash,
    ...plan,
    delta: deltaShape([...plan.delta, ...restoreInModel(plan.restores ?? {})]),
  };
}

export function rollbackPlanShape(
  { kind: _kind, delta, ...plan }: RollbackPlan,
  { id, scaleSet }: RolloutRecord,
): Answer<typeof RollbackPlanAnswer> {
  return { rolloutId: id, scaleSet, delta: deltaShape(delta), ...plan };
}

function deltaShape(delta: readonly PropertyChange[]) {
  return delta.map((change) => ({ ...change, before: shown(change.before), after: shown(change.after) }));
}

const PHASES = {
  pending: 'pending',
  upgrading: 'upgrading',
  settling: 'settling',
  failed: 'failed',
  skipped: 'skipped',
  gone: 'gone',
  quarantined: 'quarantined',
} as const;

function phaseOf({ ended, state, direction }: LedgerRow) {
  if (ended === 'unknown') return 'unknown';
  if (state === 'done') return direction === 'rollback' ? 'rolledBack' : 'succeeded';
  return PHASES[state];
}

export function instanceShape(row: LedgerRow): Answer<typeof Instance> {
  const phase = phaseOf(row);
  return {
    instanceId: row.instanceId,
    name: row.name,
    updateDomain: row.updateDomain ?? null,
    faultDomain: row.faultDomain ?? null,
    zone: row.zone ?? null,
    batch: row.batch,
    phase,
    image: { before: row.imageBefore, now: row.imageNow },
    latestModelApplied: row.latestModelApplied ?? null,
    provisioningState: row.provisioningState ?? null,
    power: row.power ?? null,
    health: row.health ?? null,
    attempts: row.attempts,
    ...(row.failure !== undefined && { failure: row.failure }),
    ...(row.quarantine !== undefined && { quarantine: row.quarantine }),
    ...(row.earlierFailures !== undefined && { earlierFailures: row.earlierFailures }),
    updatedAt: row.updatedAt,
  };
}
