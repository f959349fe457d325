import type { Command } from 'commander';
import { lineOf } from '../parse/faults.ts';

/** A flag of a command, and what may follow it. */
export interface FlagWords {
  readonly flag: string;
  readonly description: string;
  readonly takesValue: boolean;
  readonly values: readonly string[];
}

/** What may be typed after the words that lead to a command. */
export interface CommandWords {
  /** The words, without the program's own name. */
  readonly path: string;
  readonly members: readonly { readonly name: string; readonly description: string }[];
  readonly flags: readonly FlagWords[];
}

/** Every command of the program, itself included. */
export function wordsOf(program: Command): readonly CommandWords[] {
  return [commandWords(program), ...program.commands.flatMap((command) => wordsOf(command))];
}

function commandWords(command: Command): CommandWords {
  return {
    path: lineOf(command).split(' ').slice(1).join(' '),
    members: command.commands.map((one) => ({ name: one.name(), description: one.description() })),
    flags: command.options
      .filter(({ hidden }) => !hidden)
      .flatMap(({ long, description, required, optional, argChoices }) =>
        long ? [{ flag: long, description, takesValue: required || optional, values: argChoices ?? [] }] : [],
      ),
  };
}
