import { commandLine } from '../messages/shell.ts';
import type { Command } from '../record/command.ts';
import type { LedgerRow } from '../record/ledger.ts';
import type { RolloutRecord } from '../record/rollout.ts';
import { nextOf } from '../run/next.ts';

/** What may be asked of a rollout that goes on, as command lines. */
export function possibleNow(found: {
  readonly record: RolloutRecord;
  readonly commands: readonly Command[];
  readonly rows: readonly LedgerRow[];
}): readonly string[] {
  return nextOf(found).map(({ command, batch, instances = [] }) =>
    commandLine([
      'vmss-rollout',
      command,
      found.record.id,
      ...(batch === undefined ? [] : ['--batch', String(batch)]),
      ...instances.flatMap((id) => ['--instance', id]),
    ]),
  );
}
