import type { Command } from '../core/record/command.ts';
import type { Store } from './port.ts';
import { numberRow } from './rows.ts';

export async function readCommands({ documents }: Store, rollout: string): Promise<readonly Command[]> {
  const rows = await documents.list('commands', rollout);
  return rows.map(({ value }) => value as Command);
}

/** Appends to the log; `undefined` when somebody else appended first: read it again and decide again. */
export async function appendCommand(
  store: Store,
  rollout: string,
  command: Command,
): Promise<Command | undefined> {
  const key = { table: 'commands', partition: rollout, row: numberRow(command.sequence) } as const;
  return (await store.documents.insert(key, command)) && command;
}
