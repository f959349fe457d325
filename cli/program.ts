import { Command, CommanderError } from 'commander';
import { mount, type CliCommand, type CliFamily } from './command.ts';
import { audit } from './audit.ts';
import { abort } from './commands/abort.ts';
import { campaigns } from './commands/campaigns.ts';
import { approve } from './commands/approve.ts';
import { doctor } from './commands/doctor.ts';
import { explain } from './commands/explain.ts';
import { completion } from './commands/completion.ts';
import { add, remove, set } from './commands/edit.ts';
import { events } from './commands/events.ts';
import { open } from './commands/open.ts';
import { scaleSets } from './commands/scale-sets.ts';
import { wait } from './commands/wait.ts';
import { watch } from './commands/watch.ts';
import { freeze, unfreeze } from './commands/freeze.ts';
import { list } from './commands/list.ts';
import { pause } from './commands/pause.ts';
import { plan } from './commands/plan.ts';
import { policy } from './commands/policy.ts';
import { quarantine } from './commands/quarantine.ts';
import { reject } from './commands/reject.ts';
import { resume } from './commands/resume.ts';
import { retry } from './commands/retry.ts';
import { rollback } from './commands/rollback.ts';
import { notices } from './commands/notices.ts';
import { report } from './commands/report.ts';
import { schedules } from './commands/schedules.ts';
import { strategies } from './commands/strategies.ts';
import { skip } from './commands/skip.ts';
import { start } from './commands/start.ts';
import { status } from './commands/status.ts';
import type { Context } from './context.ts';
import { InterruptedError } from './errors.ts';
import { EXIT, exitCodeOfError, type ExitCode } from './exit-codes.ts';
import { about, afterHelp, heading, helpOf } from './messages/help.ts';
import { commandOf, usageErrorOf } from './parse/faults.ts';
import { helpForm } from './parse/help.ts';
import { wantsJson } from './output.ts';
import { errorJson, errorText } from './show/errors.ts';
import { groupOperands } from './spec/operands.ts';
import { version } from './version.ts';

const COMMANDS: readonly (readonly [heading: string, readonly (CliCommand | CliFamily)[]])[] = [
  [heading.rolling, [start, plan, set, add, remove]],
  [heading.looking, [status, watch, list, wait, events, explain, report, scaleSets, open]],
  [heading.steering, [approve, reject, pause, resume, retry, skip, quarantine, rollback, abort]],
  [heading.fleets, [campaigns, schedules, strategies]],
  [heading.safety, [doctor, freeze, unfreeze, policy, audit, notices]],
];

/** Where nobody says how wide the terminal is. */
const USUAL_WIDTH = 80;
/** Longer lines are hard to read. */
const WIDEST_HELP = 110;

/** Runs one command line and answers with its exit code; never throws. */
export async function runCli(argv: readonly string[], context: Context): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = buildProgram(context, (given) => {
    code = given;
  });
  try {
    await program.parseAsync(groupOperands(argv), { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
    if (error instanceof CommanderError && error.code === 'commander.help') return EXIT.usage;
    const told = error instanceof CommanderError ? usageErrorOf(error, commandOf(program, argv)) : error;
    if (!(told instanceof InterruptedError)) context.err(wantsJson(argv) ? errorJson(told) : errorText(told));
    return exitCodeOfError(told);
  }
}

function buildProgram(context: Context, done: (code: ExitCode) => void): Command {
  const width = () => Math.min(context.terminal?.columns ?? USUAL_WIDTH, WIDEST_HELP);
  const program = new Command('vmss-rollout')
    .description(about)
    .addHelpText('after', afterHelp)
    .version(version(), '-V, --version', helpOf.version)
    .helpOption('-h, --help', helpOf.this)
    .exitOverride()
    .configureHelp(helpForm)
    .configureOutput({
      writeOut: context.out,
      writeErr: context.err,
      // Told once, in words of our own, by whoever runs the program.
      outputError: () => undefined,
      getOutHelpWidth: width,
      getErrHelpWidth: width,
    });
  const shell = completion(() => program);
  for (const [group, commands] of [...COMMANDS, [heading.shell, [shell]] as const]) {
    program.commandsGroup(group);
    for (const command of commands) mount(program, command, { context, done });
  }
  return program.helpCommand('help [command]', helpOf.command);
}
