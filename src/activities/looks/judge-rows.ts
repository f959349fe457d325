import type { Observation } from '../../core/health/observation.ts';
import { settleRow } from '../../core/health/settle.ts';
import { judgeUnanswered, judgeUntracked } from '../../core/health/unanswered.ts';
import type { Instance } from '../../core/instance/instances.ts';
import { isUnderWay } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Operation } from '../../core/record/operation.ts';
import { offPolicyOf } from '../../core/spec/off-policy.ts';
import type { Step } from '../frame/step.ts';
import { lostWriteSeconds } from '../../core/record/times.ts';
import { judgeOverdue, pollOperation } from './poll-operation.ts';
import { asksEach } from './read-open.ts';
import { pagesOf } from './reads.ts';

export interface Followed {
  /** As they are in the ledger. */
  readonly before: readonly Operation[];
  /** The same, after ending those that have run out of time. */
  readonly operations: readonly Operation[];
}

/** Looks at every operation whose time has come; `history` are those of the whole rollout. */
export async function follow(
  operations: readonly Operation[],
  step: Step,
  history: readonly Operation[],
): Promise<Followed> {
  const before = await Promise.all(operations.map((operation) => pollOperation(operation, step, history)));
  return { before, operations: before.map((operation) => judgeOverdue(operation, step)) };
}

export function observe(step: Step, rows: readonly LedgerRow[] = []): Observation {
  const { record, now, pace } = step;
  const open = rows.filter((row) => isUnderWay(row));
  const hasLapsed = open.some(({ lapses = 0 }) => lapses > 0);
  const { stableSeconds, timeoutSeconds } = record.spec.health;
  return {
    now,
    seconds: record.clock.seconds,
    image: record.targetImage,
    disruptive: record.disruptive === true,
    lostWriteSeconds: lostWriteSeconds(pace),
    viewLagSeconds: pace.viewLagSeconds,
    stableSeconds,
    // Listing a large scale set costs too many requests to do it needlessly.
    looksBetween: pagesOf(step) === 1 || (hasLapsed && asksEach(step, open.length)),
    timeoutSeconds,
    offPolicy: offPolicyOf(record.spec),
  };
}

/** Advances rows by what their instances show, and records them with the operations that ended. */
export function judge(
  step: Step,
  sight: Followed & {
    readonly rows: readonly LedgerRow[];
    readonly instances: readonly Instance[];
    readonly observation: Observation;
  },
): { readonly rows: readonly LedgerRow[]; readonly operations: readonly Operation[] } {
  const { instances, observation } = sight;
  const operations = sight.operations.map((operation) =>
    judgeUntracked(judgeUnanswered(operation, sight, observation), sight, observation),
  );
  for (const operation of operations) step.records.putOperation(operation);
  const known = new Map(instances.map((instance) => [instance.instanceId, instance]));
  const rows = sight.rows.map((row) => {
    const operation = operations.find(({ key }) => key === row.operation);
    if (!isUnderWay(row)) return row;
    // No write in this direction is known for it: it has to be sent.
    if (operation === undefined) return { ...row, state: 'pending' as const };
    return settleRow(row, known.get(row.instanceId), operation, observation);
  });
  step.records.putRows(rows.filter((row, index) => row !== sight.rows[index]));
  return { rows, operations };
}
