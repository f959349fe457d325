import type { Command } from '../core/record/command.ts';
import { seal, unseal } from './formats/format.ts';
import { command as format } from './formats/log.ts';
import { commandRow, TABLE } from './partition.ts';
import type { Store, Stored } from './port.ts';

/** The command log among documents of a rollout's partition. */
export function commandsIn(rollout: string, documents: readonly Stored[]): readonly Command[] {
  return documents
    .filter(({ row }) => row.startsWith('command-'))
    .map(({ row, value }) => unseal(value, format, `${row} of rollout ${rollout}`));
}

/**
 * Appends to the log, whatever becomes of the record meanwhile; `undefined` when somebody else appended first: read it
 * again and decide again.
 */
export async function appendCommand(
  store: Store,
  rollout: string,
  command: Command,
): Promise<Command | undefined> {
  const key = { table: TABLE, partition: rollout, row: commandRow(command.sequence) } as const;
  return (await store.documents.insert(key, seal(command))) && command;
}
