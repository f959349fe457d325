import type { Command, CommanderError } from 'commander';
import { UsageError } from '../errors.ts';
import { usage } from '../messages/usage.ts';
import { meantBy } from './meant.ts';

type InWords = (parts: readonly string[], command: Command) => string;

/** The parser's own sentence, taken apart, and ours for the same. */
const FAULTS: Readonly<Record<string, readonly [RegExp, InWords][]>> = {
  'commander.unknownCommand': [
    [/^error: unknown command '([^]*?)'(?:\n.*)?$/, ([name = ''], command) => unknownCommand(name, command)],
  ],
  'commander.unknownOption': [
    [/^error: unknown option '([^]*?)'(?:\n.*)?$/, ([flag = ''], command) => unknownFlag(flag, command)],
  ],
  'commander.missingArgument': [[/'(.*)'$/, ([name = ''], command) => missingArgument(name, command)]],
  'commander.optionMissingArgument': [[/'(.*)'/, ([flags = '']) => usage.missingValue(longOf(flags))]],
  'commander.excessArguments': [
    [/ but got \d+: ([^]*)\.$/, ([all = ''], command) => tooMany(all.split(', '), command)],
  ],
  'commander.conflictingOption': [
    [
      /'(.*)' cannot be used with option '(.*)'/,
      ([one = '', other = '']) => usage.conflict(longOf(one), longOf(other)),
    ],
  ],
  'commander.invalidArgument': [
    [
      /^error: option '(.*?)' argument '([^]*)' is invalid\. ([^]*)$/,
      ([flags = '', value = '', fault = '']) => usage.wrongValue(longOf(flags), value, fault),
    ],
    [
      /^error: command-argument value '([^]*)' is invalid for argument '(.*)'\. ([^]*)$/,
      ([value = '', name = '', fault = '']) => usage.wrongValue(name, value, fault),
    ],
  ],
};

/** A fault of the command line as a person is told of it. */
export function usageErrorOf(error: CommanderError, command: Command): UsageError {
  for (const [pattern, inWords] of FAULTS[error.code] ?? []) {
    const parts = pattern.exec(error.message);
    if (parts !== null) return new UsageError(inWords(parts.slice(1), command));
  }
  return new UsageError(error.message.replace(/^error: /, ''));
}

/** The command that the words of a command line lead to, as far as they are known. */
export function commandOf(program: Command, argv: readonly string[]): Command {
  const [word, ...rest] = argv.filter((one) => !one.startsWith('-'));
  const next = program.commands.find((command) => command.name() === word);
  return next === undefined ? program : commandOf(next, rest);
}

/** How a command is typed, with all that stands before it. */
export function lineOf(command: Command): string {
  return command.parent === null ? command.name() : `${lineOf(command.parent)} ${command.name()}`;
}

/** Flags that any command takes, before the parser sees them. */
const EVERYWHERE = ['url', 'tenant', 'audience', 'sign-in', 'help'];

function unknownCommand(name: string, command: Command): string {
  const names = command.commands.map((one) => one.name());
  return usage.unknownCommand(name, meantBy(name, names));
}

function unknownFlag(flag: string, command: Command): string {
  const names = command.options.flatMap(({ long }) => (long ? [long.slice(2)] : []));
  const meant = meantBy(flag.replace(/^-+/, ''), [...names, ...EVERYWHERE]);
  return usage.unknownFlag(flag, meant && `--${meant}`, lineOf(command));
}

function missingArgument(name: string, command: Command): string {
  const argument = command.registeredArguments.find((one) => one.name() === name);
  return usage.missingArgument(lineOf(command), name.toUpperCase(), argument?.description ?? '');
}

function tooMany(given: readonly string[], command: Command): string {
  const extra = given.slice(command.registeredArguments.length).join(' ');
  // `start web`: sets are an argument of other commands, and a flag of this one.
  const takesSet = command.options.some(({ long }) => long === '--scale-set');
  const meant = takesSet && !extra.includes(' ') ? `--scale-set ${extra}` : undefined;
  return usage.tooManyArguments(extra, lineOf(command), meant);
}

function longOf(flags: string): string {
  return /--[\w-]+/.exec(flags)?.[0] ?? flags;
}
