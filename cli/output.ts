import type { Command } from 'commander';
import { stringify } from 'yaml';
import type { Rollout } from './api/shapes.ts';
import type { Context } from './context.ts';
import { UsageError } from './errors.ts';
import { heading } from './messages/help.ts';
import { usage } from './messages/usage.ts';
import { choice } from './parse/choice.ts';
import { csvOf } from './show/csv.ts';
import { genericText, tsvOf } from './show/generic.ts';
import { rolloutText } from './show/rollout.ts';

const FORMATS = ['table', 'json', 'yaml', 'tsv', 'csv', 'none'] as const;
type Format = (typeof FORMATS)[number];

export interface OutputOptions {
  readonly output: Format;
  /** A JMESPath expression over the data, as `az` takes it. */
  readonly query?: string;
}

export function addOutputOption(command: Command): Command {
  return command
    .optionsGroup(heading.output)
    .addOption(choice('-o, --output <format>', 'how data are printed', FORMATS).default('table'))
    .option('--query <jmespath>', 'print only this part of the data, as az does');
}

/** Whether errors are to be written as JSON: asked before the command line is understood. */
export function wantsJson(argv: readonly string[]): boolean {
  const at = argv.findLastIndex((word) => /^(?:-o|--output)(?:=|$)|^-o./.test(word));
  const word = argv[at];
  if (word === undefined) return false;
  const inline = /^(?:--output=|-o=?)(.+)$/.exec(word)?.[1];
  return (inline ?? argv[at + 1]) === 'json';
}

/** Prints an answer as it came, or the part of it that was asked for, or in words. */
export async function print<T>(
  context: Context,
  value: T,
  { output, query, words }: OutputOptions & { words: (value: T) => string },
): Promise<void> {
  if (output === 'none') return;
  if (query === undefined && output === 'table') return context.out(words(value));
  const part = query === undefined ? value : await partOf(value, query);
  context.out(inForm(part, output));
}

export function printRollout(context: Context, rollout: Rollout, options: OutputOptions): Promise<void> {
  return print(context, rollout, { ...options, words: rolloutText });
}

function inForm(value: unknown, output: Exclude<Format, 'none'>): string {
  switch (output) {
    case 'table':
      return genericText(value);
    case 'json':
      return `${JSON.stringify(value ?? null, null, 2)}\n`;
    case 'yaml':
      return stringify(value);
    case 'tsv':
      return tsvOf(value);
    case 'csv':
      return csvOf(value);
  }
}

/** Loaded only where somebody asks: most commands need none of it. */
async function partOf(value: unknown, query: string): Promise<unknown> {
  const { search } = await import('@jmespath-community/jmespath');
  try {
    return search(JSON.parse(JSON.stringify(value)), query);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(usage.wrongValue('--query', query, usage.noQuery(why)), { cause: error });
  }
}
