import { Option, type Command } from 'commander';
import type { Context } from './context.ts';
import type { ExitCode } from './exit-codes.ts';
import { heading, helpOf } from './messages/help.ts';
import { parseCount } from './spec/values.ts';

/** One command of the CLI: what commander must know of it, and what it does. */
export interface CliCommand<Options extends object = object> {
  readonly name: string;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly define: (command: Command) => Command;
  run(invocation: Invocation<Options>, context: Context): Promise<ExitCode>;
}

/** A command that only holds others, as `scale-sets` holds `list`. */
export interface CliFamily {
  readonly name: string;
  readonly summary: string;
  readonly members: readonly CliCommand[];
}

export interface Invocation<Options extends object> {
  readonly args: readonly string[];
  readonly options: Options;
}

interface Into {
  readonly context: Context;
  readonly done: (code: ExitCode) => void;
}

/** Adds the command, or all of a family, to the program; `done` gets the exit code. */
export function mount(program: Command, added: CliCommand | CliFamily, into: Into): void {
  const group = 'members' in added ? heading.options : heading.output;
  const help = new Option('-h, --help', helpOf.this).helpGroup(group);
  const command = program.command(added.name).description(added.summary).addHelpOption(help);
  if ('members' in added) {
    command.helpCommand('help [command]', helpOf.command);
    for (const member of added.members) mount(command, member, into);
    return;
  }
  const line = (example: string) => `  $ vmss-rollout ${example}`;
  added
    .define(command)
    .addHelpText('after', () => `\n${heading.examples}\n${added.examples.map((one) => line(one)).join('\n')}`)
    .action(async () => {
      into.done(await added.run({ args: command.args, options: command.opts<object>() }, into.context));
    });
}

export function addWaitOptions(command: Command): Command {
  return command
    .optionsGroup(heading.waiting)
    .option('--wait', 'show progress until the rollout has ended; the exit code says how')
    .addOption(
      new Option('--timeout <seconds>', 'wait at most this long, then exit 5; the rollout continues')
        .argParser(parseCount)
        .implies({ wait: true }),
    );
}
