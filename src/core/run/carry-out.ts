import { skips } from '../messages/instances.ts';
import type { Command } from '../record/command.ts';
import { isInconclusive, withoutFailure } from '../record/failures.ts';
import type { LedgerRow } from '../record/ledger.ts';
import { canBeQuarantined } from './quarantine.ts';

/** What a command that means instances makes of the rows; rows that it does not mean stay as they are. */
export function carryOut(
  rows: readonly LedgerRow[],
  { command, batch, instances, by, at, reason }: Command,
): readonly LedgerRow[] {
  const isMeant = (row: LedgerRow): boolean =>
    row.direction === 'forward' &&
    (batch === undefined || row.batch === batch) &&
    (instances === undefined || instances.includes(row.instanceId));
  return rows.map((row) => {
    if (command === 'quarantine') {
      const isNamed = instances?.includes(row.instanceId) === true && canBeQuarantined(row);
      if (!isNamed) return row;
      const quarantine = { by, since: at, ...(reason !== undefined && { reason }) };
      return { ...row, state: 'quarantined', quarantine };
    }
    if (!isMeant(row)) return row;
    if (command === 'retry' && row.state === 'failed') return anew(row);
    if (command === 'resume' && isInconclusive(row)) return lookAgain(row);
    if (command === 'skip' && (row.state === 'failed' || row.state === 'pending')) {
      return { ...row, state: 'skipped', skipReason: skips.byCommand(by) };
    }
    return row;
  });
}

function anew({ operation: _operation, healthyBySeconds: _by, healthySince: _since, ...row }: LedgerRow) {
  return { ...withoutFailure(row), state: 'pending', actionsDone: 0, attempts: 0 } as const;
}

/** Who resumes although nobody could tell whether it is well wants it looked at again, with all its time. */
function lookAgain({
  healthyBySeconds: _by,
  healthySince: _since,
  badSince: _bad,
  ...row
}: LedgerRow): LedgerRow {
  return { ...withoutFailure(row), state: 'settling' };
}
