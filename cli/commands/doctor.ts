import { Option } from 'commander';
import { call } from '../../client/call.ts';
import { read, sendPatiently, understand } from '../api/client.ts';
import { shapes } from '../api/shapes.ts';
import { addWaitOptions, type CliCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { rolloutIdOf } from '../find/rollout-id.ts';
import { scaleSetIdOf } from '../find/scale-set.ts';
import { done } from '../messages/done.ts';
import { plain, scaleSetName } from '../show/text.ts';
import { addOutputOption, print } from '../output.ts';
import { doctorText, takenOverText } from '../show/doctor.ts';
import type { WaitOptions } from '../watch/follow.ts';
import { startRollout } from './start.ts';
import { found } from '../messages/errors.ts';
import { usage } from '../messages/usage.ts';

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
    const { takeOver, restore, reason } = options;
    if (restore !== undefined) return restoreGuards(restore, options, context);
    if (options.wait === true) throw new UsageError(usage.goesWith('--wait', '--restore'));
    if (takeOver === undefined) {
      if (reason !== undefined)
        throw new UsageError(usage.goesWith('--reason', usage.either('--take-over', '--restore')));
      const leases = await read(context, call('getLeases', {}), shapes.Leases);
      await print(context, leases, { ...options, words: doctorText });
      return EXIT.done;
    }
    const id = await leaseOf(context, takeOver);
    const answer = await sendPatiently(
      context,
      call('takeLeaseOver', { path: { id }, body: { reason } }),
      // What is free already is freed no second time.
      { repeatable: true },
    );
    const taken = understand(context, answer, shapes.TakenOver);
    context.err(`${plain(done.tookOver(scaleSetName(taken.scaleSet)))}\n`);
    await print(context, taken, { ...options, words: takenOverText });
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
  if (!isScaleSet(named)) return rolloutIdOf(context, named);
  const scaleSetId = await scaleSetIdOf(context, named);
  const { guardsLeft } = await read(context, call('getLeases', {}), shapes.Leases);
  const left = guardsLeft.filter(({ scaleSet }) => isSame(scaleSet, scaleSetId));
  const [holder, ...others] = new Set(left.map(({ rolloutId }) => rolloutId));
  if (holder === undefined) throw new UsageError(found.noGuardLeft(named));
  if (others.length > 0) {
    throw new UsageError(found.severalHolders([holder, ...others]));
  }
  return holder;
}

async function leaseOf(context: Context, named: string): Promise<string> {
  if (/^[\da-f]{32}$/.test(named)) return named;
  const scaleSetId = await scaleSetIdOf(context, named);
  const { value } = await read(context, call('getLeases', {}), shapes.Leases);
  const lease = value.find(({ scaleSet }) => isSame(scaleSet, scaleSetId));
  if (lease === undefined) throw new UsageError(found.noLease(named));
  return lease.id;
}

/** Ids of rollouts have letters of their own. */
function isScaleSet(named: string): boolean {
  return named !== '@latest' && !/^(?:[\da-f]{1,8}|\d{8}-[\da-f-]*)$/.test(named);
}

/** Azure's names do not care for letters. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
