import { objections } from '../messages/objections.ts';
import type { CommandName } from '../record/command.ts';
import { isHalfDone } from '../record/ledger.ts';
import type { LedgerRow } from '../record/ledger.ts';
import { batchName } from '../record/progress.ts';
import type { RolloutRecord } from '../record/rollout.ts';
import { wrongPhase } from './objections.ts';
import type { CommandRequest, Objection } from './objections.ts';
import { canBeQuarantined } from './quarantine.ts';

/** Whether a row is one of those that a command names; all where it names neither batch nor instances. */
export function isNamed(
  { batch, instances }: Pick<CommandRequest, 'batch' | 'instances'>,
  row: LedgerRow,
): boolean {
  return (
    row.direction === 'forward' &&
    (batch === undefined || row.batch === batch) &&
    (instances === undefined || instances.includes(row.instanceId))
  );
}

/** What can be skipped: not what is done, and not what the rollout has taken down and must start again. */
export function canBeSkipped(row: LedgerRow): boolean {
  return row.state === 'failed' || (row.state === 'pending' && !isHalfDone(row));
}

interface Rule {
  readonly can: (row: LedgerRow, request: CommandRequest) => boolean;
  /** What to say of instances for which that is not possible, and if there are no others. */
  readonly wrong: (ids: readonly string[]) => string;
  readonly none: (batch: string | undefined) => string;
}

const RULES: Partial<Record<CommandName, Rule>> = {
  retry: {
    can: ({ state }) => state === 'failed',
    wrong: objections.notFailedToRetry,
    none: objections.nothingFailed,
  },
  skip: { can: canBeSkipped, wrong: objections.notToSkip, none: objections.nothingToSkip },
  quarantine: {
    can: canBeQuarantined,
    wrong: objections.notFailedInstances,
    none: objections.nothingFailed,
  },
};

/** Why a command is refused for these instances: one that would do nothing is not accepted. */
export function objectionToRows(
  request: CommandRequest,
  record: RolloutRecord,
  rows: readonly LedgerRow[],
): Objection | undefined {
  const rule = RULES[request.command];
  if (rule === undefined) return undefined;
  const { batch, instances = [] } = request;
  const others = instances.filter(
    (id) => !rows.some((row) => row.instanceId === id && rule.can(row, request)),
  );
  if (others.length > 0) return wrongPhase(rule.wrong(others));
  const isAny = rows.some((row) => isNamed(request, row) && rule.can(row, request));
  return isAny
    ? undefined
    : wrongPhase(rule.none(batch === undefined ? undefined : batchName(record, batch)));
}
