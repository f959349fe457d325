import { Option } from 'commander';
import { call } from '../../client/call.ts';
import { read, sendPatiently, understand } from '../api/client.ts';
import { shapes } from '../api/shapes.ts';
import { addWaitOptions, type CliCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { addOutputOption, print } from '../output.ts';
import { doctorText, takenOverText } from '../show/doctor.ts';
import type { WaitOptions } from '../watch/follow.ts';
import { startRollout } from './start.ts';

interface DoctorOptions extends WaitOptions {
  readonly takeOver?: string;
  readonly restore?: string;
  readonly reason?: string;
}

export const doctor: CliCommand<DoctorOptions> = {
  name: 'doctor',
  summary: 'list scale sets held by stuck rollouts, and guards left behind; take one over, or restore them',
  examples: [
    'doctor',
    'doctor -o json',
    'doctor --take-over 3f0c9a1b5d7e2f4a6c8b0d1e3f5a7b9c --reason "host lost"',
    'doctor --take-over "$SCALE_SET"',
    'doctor --restore 7f3c --wait',
    'doctor --restore "$SCALE_SET" --reason "all are on the model"',
  ],
  define: (command) =>
    addOutputOption(
      addWaitOptions(
        command
          .option('--take-over <lease>', 'free or revive this one: a lease id, or the id of its scale set')
          .addOption(
            new Option(
              '--restore <rollout>',
              'restore the guards that this ended rollout left (or those of a scale set), by a rollout of its own',
            ).conflicts('takeOver'),
          )
          .option('--reason <text>', 'why, for the record'),
      ),
    ),
  async run({ options }, context) {
    const { takeOver, restore, reason, output } = options;
    if (restore !== undefined) return restoreGuards(restore, options, context);
    if (options.wait === true) throw new UsageError('--wait goes with --restore');
    if (takeOver === undefined) {
      if (reason !== undefined) throw new UsageError('--reason goes with --take-over or --restore');
      print(context, await read(context, call('getLeases', {}), shapes.Leases), {
        output,
        words: doctorText,
      });
      return EXIT.done;
    }
    const id = await leaseOf(context, takeOver);
    const answer = await sendPatiently(
      context,
      call('takeLeaseOver', { path: { id }, body: { reason } }),
      // What is free already is freed no second time.
      { repeatable: true },
    );
    print(context, understand(context, answer, shapes.TakenOver), { output, words: takenOverText });
    return EXIT.done;
  },
};

async function restoreGuards(named: string, options: DoctorOptions, context: Context): Promise<ExitCode> {
  const id = await holderOf(context, named);
  const { scaleSet } = await read(context, call('getRollout', { path: { id } }), shapes.Rollout);
  const body = { scaleSet, restoreGuardsOf: id, reason: options.reason };
  return startRollout(context, body, { ...options, key: context.randomId() });
}

async function holderOf(context: Context, named: string): Promise<string> {
  if (!named.startsWith('/')) return named;
  const { guardsLeft } = await read(context, call('getLeases', {}), shapes.Leases);
  const left = guardsLeft.filter(({ scaleSet }) => scaleSet.toLowerCase() === named.toLowerCase());
  const [holder, ...others] = new Set(left.map(({ rolloutId }) => rolloutId));
  if (holder === undefined) throw new UsageError(`no guard was left on ${named}`);
  if (others.length > 0) {
    throw new UsageError(`several rollouts left guards on it, name one: ${[holder, ...others].join(', ')}`);
  }
  return holder;
}

async function leaseOf(context: Context, named: string): Promise<string> {
  if (!named.startsWith('/')) return named;
  const { value } = await read(context, call('getLeases', {}), shapes.Leases);
  const lease = value.find(({ scaleSet }) => scaleSet.toLowerCase() === named.toLowerCase());
  if (lease === undefined) throw new UsageError(`no rollout holds ${named}`);
  return lease.id;
}
