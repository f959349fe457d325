import type { CommandName } from '../../core/record/command.ts';
import { countRows, isUnderWay } from '../../core/record/ledger.ts';
import type { Failure } from '../../core/record/rollout.ts';
import { carryOut } from '../../core/run/carry-out.ts';
import { toProtect } from '../../core/run/quarantine.ts';
import { save } from './commit.ts';
import type { Step } from './step.ts';

const CHANGES_ROWS: readonly CommandName[] = ['retry', 'skip', 'resume', 'quarantine'];

/** Carries out commands about instances that have not been carried out yet. */
export async function carryOutCommands(
  step: Step,
  { onlyQuarantine = false }: { readonly onlyQuarantine?: boolean } = {},
): Promise<Step> {
  const { record, records } = step;
  const meant: readonly CommandName[] = onlyQuarantine ? ['quarantine'] : CHANGES_ROWS;
  const due = step.commands.filter(
    ({ sequence, command }) =>
      // fence I17: a retry or skip is carried out once
      sequence > record.carriedOut && meant.includes(command),
  );
  const last = due.at(-1);
  if (last === undefined) return step;
  const after = due.reduce((changed, command) => carryOut(changed, command), records.rows);
  records.putRows(after);
  const reopened = new Set(
    after
      .filter((row) => row.direction === 'forward' && (row.state === 'pending' || isUnderWay(row)))
      .map(({ batch }) => batch),
  );
  const batches = record.batches.map((batch) => {
    const isOver = batch.phase === 'succeeded' || batch.phase === 'failed' || batch.phase === 'skipped';
    if (!isOver || !reopened.has(batch.index)) return batch;
    const { settledAt: _settled, endedAt: _ended, ...kept } = batch;
    return { ...kept, phase: 'upgrading' as const };
  });
  const protect = toProtect(after);
  const failed = new Set(after.filter(({ state }) => state === 'failed').map(({ instanceId }) => instanceId));
  return save(step, {
    carriedOut: last.sequence,
    toProtect: protect.length === 0 ? undefined : protect,
    batches,
    counts: countRows(after),
    failure: failed.size === 0 ? undefined : stillFailed(record.failure, failed),
  });
}

/** A retried instance that fails again is a new failure, even next to others that were not retried. */
function stillFailed(failure: Failure | undefined, failed: ReadonlySet<string>): Failure | undefined {
  if (failure?.instances === undefined) return failure;
  const instances = failure.instances.filter((id) => failed.has(id));
  const causes = failure.causes
    ?.map((cause) => ({ ...cause, instances: cause.instances.filter((id) => failed.has(id)) }))
    .filter((cause) => cause.instances.length > 0);
  return { ...failure, instances, ...(causes && { causes }) };
}
