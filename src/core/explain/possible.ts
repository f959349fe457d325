import { COMMANDS } from '../record/command.ts';
import type { Command, CommandName } from '../record/command.ts';
import type { LedgerRow } from '../record/ledger.ts';
import type { RolloutRecord } from '../record/rollout.ts';
import { objectionTo } from '../run/objections.ts';
import { canBeQuarantined } from '../run/wards.ts';

/** What may be asked of a rollout that goes on, as command lines. */
export function possibleNow({
  record,
  commands,
  rows,
}: {
  readonly record: RolloutRecord;
  readonly commands: readonly Command[];
  readonly rows: readonly LedgerRow[];
}): readonly string[] {
  const failed = rows.find((row) => canBeQuarantined(row));
  return COMMANDS.filter((command) => {
    // Nobody's name: whether this very person may approve is told when they try.
    const isPossible = objectionTo({ command, by: '' }, record, commands) === undefined;
    return isPossible && (command !== 'quarantine' || failed !== undefined);
  }).map((command) => `vmss-rollout ${command} ${record.id}${meaning(command, record, failed)}`);
}

function meaning(
  command: CommandName,
  { gate, batch = 0 }: RolloutRecord,
  failed: LedgerRow | undefined,
): string {
  switch (command) {
    case 'skip':
      return ` --batch ${batch}`;
    case 'quarantine':
      return failed === undefined ? '' : ` --instance ${failed.instanceId}`;
    case 'approve':
    case 'reject':
      return gate === undefined ? '' : ` --batch ${gate.batch}`;
    case 'pause':
    case 'resume':
    case 'rollback':
    case 'abort':
    case 'retry':
      return '';
  }
}
