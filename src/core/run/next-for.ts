import { denialOf } from '../access/rights.ts';
import type { Caller } from '../access/caller.ts';
import type { Command, CommandName } from '../record/command.ts';
import type { RolloutRecord } from '../record/rollout.ts';
import { nextOf } from './next.ts';
import type { Next } from './next.ts';
import { objectionTo } from './objections.ts';

/** Something that is possible now, and that others may ask for. */
export interface Denied {
  readonly command: CommandName;
  readonly message: string;
}

/** What this caller may do next, and why they may not do the rest of what is possible. */
export function nextFor(
  { record, commands }: { readonly record: RolloutRecord; readonly commands: readonly Command[] },
  caller: Caller,
): { readonly next: readonly Next[]; readonly denied: readonly Denied[] } {
  const possible = nextOf({ record, commands }).map((next) => {
    const { command } = next;
    const message =
      denialOf(command, caller, record)?.message ??
      objectionTo({ command, by: caller.name }, record, commands)?.message;
    return { next, message };
  });
  return {
    next: possible.flatMap(({ next, message }) => (message === undefined ? [next] : [])),
    denied: possible.flatMap(({ next: { command }, message }) =>
      message === undefined ? [] : [{ command, message }],
    ),
  };
}
