import { Option, type Command } from 'commander';
import type { Context } from './context.ts';
import type { ExitCode } from './exit-codes.ts';
import { parseCount } from './spec/values.ts';

/** One command of the CLI: what commander must know of it, and what it does. */
export interface CliCommand<Options extends object = object> {
  readonly name: string;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly define: (command: Command) => Command;
  readonly run: (invocation: Invocation<Options>, context: Context) => Promise<ExitCode>;
}

export interface Invocation<Options extends object> {
  readonly args: readonly string[];
  readonly options: Options;
}

/** Adds the command to the program; `done` gets its exit code. */
export function mount<Options extends object>(
  program: Command,
  { name, summary, examples, define, run }: CliCommand<Options>,
  { context, done }: { context: Context; done: (code: ExitCode) => void },
): void {
  const lines = examples.map((example) => `  $ vmss-rollout ${example}`).join('\n');
  const command = define(program.command(name).description(summary));
  command.addHelpText('after', `\nExamples:\n${lines}`).action(async () => {
    done(await run({ args: command.args, options: command.opts<Options>() }, context));
  });
}

export function addWaitOptions(command: Command): Command {
  return command
    .option('--wait', 'show progress until the rollout has ended; the exit code says how')
    .addOption(
      new Option('--timeout <seconds>', 'wait at most this long, then exit 5; the rollout continues')
        .argParser(parseCount)
        .implies({ wait: true }),
    );
}
