import { Option, type Command } from 'commander';
import type { Rollout } from './api/shapes.ts';
import type { Context } from './context.ts';
import { rolloutText } from './show/rollout.ts';

export interface OutputOptions {
  readonly output: 'json' | 'table';
}

export function addOutputOption(command: Command): Command {
  return command.addOption(
    new Option('-o, --output <format>', 'what to print').choices(['json', 'table']).default('table'),
  );
}

/** Prints an answer as it came, or in words. */
export function print<T>(
  context: Context,
  value: T,
  { output, words }: OutputOptions & { words: (value: T) => string },
): void {
  context.out(output === 'json' ? `${JSON.stringify(value, null, 2)}\n` : words(value));
}

export function printRollout(context: Context, rollout: Rollout, { output }: OutputOptions): void {
  print(context, rollout, { output, words: rolloutText });
}
