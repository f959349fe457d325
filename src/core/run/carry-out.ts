import { skips } from '../messages/instances.ts';
import type { Command } from '../record/command.ts';
import { isInconclusive, withoutFailure } from '../record/failures.ts';
import type { LedgerRow } from '../record/ledger.ts';
import type { Quarantine } from '../record/quarantine.ts';
import { canBeSkipped, isNamed } from './meant.ts';
import { canBeQuarantined } from './quarantine.ts';

/** What a command does to the rows of the instances that it means; other rows stay as they are. */
export function carryOut(rows: readonly LedgerRow[], asked: Command): readonly LedgerRow[] {
  const { command, instances, by } = asked;
  return rows.map((row) => {
    if (command === 'quarantine') {
      const isMeant = instances?.includes(row.instanceId) === true && canBeQuarantined(row, asked);
      if (!isMeant) return row;
      return { ...row, state: 'quarantined', quarantine: quarantineOf(row, asked) };
    }
    if (!isNamed(asked, row)) return row;
    if (command === 'retry' && row.state === 'failed') return anew(row);
    if (command === 'resume' && isInconclusive(row)) return lookAgain(row);
    if (command === 'skip' && canBeSkipped(row)) {
      return { ...row, state: 'skipped', skipReason: skips.byCommand(by) };
    }
    return row;
  });
}

/** An instance already in quarantine stays protected, with its original reason. */
function quarantineOf(
  { state, quarantine: before }: LedgerRow,
  { by, at, reason, belowFloor }: Command,
): Quarantine {
  const now = { by, since: at, ...(reason !== undefined && { reason }) };
  return {
    ...(state === 'quarantined' && before !== undefined ? before : now),
    ...(belowFloor === true && { belowFloor }),
  };
}

function anew({ operation: _operation, healthyBySeconds: _by, healthySince: _since, ...row }: LedgerRow) {
  return { ...withoutFailure(row), state: 'pending', actionsDone: 0, attempts: 0 } as const;
}

/** Resuming after inconclusive health means checking the instance again, with its full time. */
function lookAgain({
  healthyBySeconds: _by,
  healthySince: _since,
  badSince: _bad,
  ...row
}: LedgerRow): LedgerRow {
  return { ...withoutFailure(row), state: 'settling' };
}
