import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { mount } from './command.ts';
import { abort } from './commands/abort.ts';
import { approve } from './commands/approve.ts';
import { doctor } from './commands/doctor.ts';
import { explain } from './commands/explain.ts';
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
import { skip } from './commands/skip.ts';
import { start } from './commands/start.ts';
import { status } from './commands/status.ts';
import type { Context } from './context.ts';
import { InterruptedError } from './errors.ts';
import { EXIT, exitCodeOfError, type ExitCode } from './exit-codes.ts';
import { errorText } from './show/errors.ts';
import { groupOperands } from './spec/operands.ts';

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')));

const AFTER_HELP = `
Environment:
  VMSS_ROLLOUT_URL       or --url: the function app (default: the local one that npm start runs)
  VMSS_ROLLOUT_AUDIENCE  or --audience: client id of its registration, to sign in there
  VMSS_ROLLOUT_TENANT    or --tenant: the tenant to sign in to
  VMSS_ROLLOUT_SIGN_IN   or --sign-in: auto, az, managedIdentity, workloadIdentity, deviceCode
  VMSS_ROLLOUT_KEY       a key of the function app, where it wants one
  ~/.config/vmss-rollout/config.yaml may hold url, audience, tenant and signIn

Exit codes:
  0 succeeded, or nothing to do    1 failed, halted, or an error    2 wrong usage or spec
  3 not found    4 rolled back    5 --timeout is over, the rollout continues    6 refused
  7 rejected or cancelled    130 Ctrl-C: the rollout continues`;

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
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (!(error instanceof InterruptedError)) context.err(errorText(error));
    return exitCodeOfError(error);
  }
}

function buildProgram(context: Context, done: (code: ExitCode) => void): Command {
  const program = new Command('vmss-rollout')
    .description('Rolls a change out over an Azure VM scale set without downtime.')
    .addHelpText('after', AFTER_HELP)
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: context.out,
      writeErr: context.err,
      getOutHelpWidth: () => 110,
      getErrHelpWidth: () => 110,
    });
  const into = { context, done };
  mount(program, start, into);
  mount(program, plan, into);
  mount(program, status, into);
  mount(program, list, into);
  mount(program, explain, into);
  for (const verb of [approve, reject, pause, resume, retry, skip, quarantine, rollback, abort])
    mount(program, verb, into);
  mount(program, doctor, into);
  mount(program, freeze, into);
  mount(program, unfreeze, into);
  mount(program, policy, into);
  return program;
}
