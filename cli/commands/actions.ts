import type { Command } from 'commander';
import { call, type OperationName } from '../../client/call.ts';
import type { RolloutSpec } from '../../client/types.ts';
import { retryAfterSeconds, sendPatiently, understand } from '../api/client.ts';
import { shapes } from '../api/shapes.ts';
import { addWaitOptions, type CliCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { scaleSetIdOf, scaleSetPathOf } from '../find/scale-set.ts';
import { done } from '../messages/done.ts';
import { heading, scaleSetNames } from '../messages/help.ts';
import { usage } from '../messages/usage.ts';
import { addOutputOption } from '../output.ts';
import { plain, scaleSetName } from '../show/text.ts';
import { defined } from '../spec/fields.ts';
import { collectList, parseCount, parseId, parseShare } from '../spec/values.ts';
import { follow, type WaitOptions } from '../watch/follow.ts';
import { reviewed } from './review.ts';

interface ActionOptions extends WaitOptions {
  readonly instance?: readonly string[];
  readonly updateDomain?: readonly number[];
  readonly capacity?: number;
  readonly maxUnavailable?: string | number;
  readonly acceptIrreversible?: true;
  readonly planHash?: string;
  readonly reason?: string;
  readonly yes?: boolean;
}

type ActionName = Extract<OperationName, `${string}Instances`> &
  `${'upgrade' | 'reimage' | 'restart' | 'redeploy' | 'deallocate' | 'powerOff' | 'start' | 'protect' | 'delete' | 'scale'}Instances`;

interface Action {
  readonly name: string;
  readonly operation: ActionName;
  readonly summary: string;
  readonly examples?: readonly string[];
  /** It takes away what instances hold, or that they serve: where nobody can be asked it has to be said. */
  readonly isDangerous?: true;
}

/** An action of Azure on instances of a set, which the app does as a rollout: in batches, above the floor. */
function action(one: Action): CliCommand<ActionOptions> {
  const { name, operation, summary, isDangerous } = one;
  const yes = isDangerous === true ? ' --yes' : '';
  return {
    name,
    summary,
    examples: one.examples ?? [
      `scale-sets ${name} web --instance 3,7 --wait${yes}`,
      `scale-sets ${name} web --update-domain 2 --yes`,
    ],
    define: (command) => addActionOptions(command.argument('<scale-set>', scaleSetNames), one),
    async run({ args: [named = ''], options }, context) {
      check(one, options, context);
      const scaleSet = await scaleSetIdOf(context, named);
      const asked = specOf(one, scaleSet, options);
      const question = { asks: (set: string) => done.act(name, set), otherwise: done.notSent };
      const spec = options.yes === true ? asked : await reviewed(asked, context, question);
      if (spec === undefined) return EXIT.failed;
      const { instance, updateDomain, capacity, maxUnavailable, acceptIrreversible, reason } = options;
      const body = {
        instances: instance,
        updateDomains: updateDomain,
        capacity,
        maxUnavailable,
        acceptIrreversible,
        planHash: spec.planHash,
        reason,
      };
      const request = {
        ...call(operation, { path: scaleSetPathOf(scaleSet), body }),
        headers: { 'idempotency-key': context.randomId() },
      };
      const answer = await sendPatiently(context, request, { repeatable: false });
      const rollout = understand(context, answer, shapes.Rollout);
      context.err(`${plain(done.started(rollout.id, scaleSetName(rollout.scaleSet)))}\n`);
      return follow(context, rollout, { ...options, pauseSeconds: retryAfterSeconds(answer.headers) });
    },
  };
}

/** Refuses what is not whole, or what nobody has confirmed, before anything is sent. */
function check({ name, isDangerous }: Action, options: ActionOptions, context: Context): void {
  const { instance, updateDomain, capacity, yes } = options;
  if (name === 'scale' && capacity === undefined) throw new UsageError(usage.whatCapacity);
  if (name === 'delete' && instance === undefined && updateDomain === undefined)
    throw new UsageError(usage.whatToDelete);
  if (isDangerous === true && yes !== true && context.ask === undefined)
    throw new UsageError(usage.confirm(name));
}

/** The rollout that the app makes of it, to be planned before it is asked for. */
function specOf({ operation }: Action, scaleSet: string, options: ActionOptions): RolloutSpec {
  const { instance, updateDomain, capacity, maxUnavailable, acceptIrreversible, planHash, reason } = options;
  const verb = operation.replace(/Instances$/, '');
  return {
    scaleSet,
    change: capacity === undefined ? { action: verb } : { capacity },
    targets: defined({ instances: instance, updateDomains: updateDomain }),
    strategy: defined({
      mostDisruptiveAllowed: verb === 'upgrade' ? undefined : 'deallocate',
      maxUnavailable,
      acceptIrreversible,
    }),
    planHash,
    reason,
  } as RolloutSpec;
}

function addActionOptions(command: Command, { name, isDangerous }: Action): Command {
  const where =
    name === 'scale'
      ? command.option('--capacity <count>', 'how many instances it is to have', parseCount)
      : command
          .optionsGroup(heading.where)
          .option('--instance <ids>', 'only these instances, as in 3,7 (repeatable)', collectList(parseId))
          .option(
            '--update-domain <numbers>',
            'only these update domains, as in 0,2',
            collectList(parseCount),
          );
  return addOutputOption(
    addWaitOptions(
      where
        .optionsGroup(heading.carefully)
        .option(
          '--max-unavailable <count|percent>',
          'instances that may be out of service at once',
          parseShare,
        )
        .option('--accept-irreversible', 'also do what no rollback can take back')
        .option('--plan-hash <hash>', 'only if the plan is still the reviewed one')
        .option('--reason <text>', 'why, for the record')
        .option(
          '--yes',
          isDangerous === true
            ? 'do not show the plan and ask; needed where nobody is at a terminal'
            : 'do not show the plan and ask',
        ),
    ),
  );
}

/** Each takes the lease of the set, and is refused while a rollout holds it. */
export const actions: readonly CliCommand[] = [
  action({ name: 'start', operation: 'startInstances', summary: 'start instances that are off' }),
  action({ name: 'restart', operation: 'restartInstances', summary: 'restart instances' }),
  action({
    name: 'power-off',
    operation: 'powerOffInstances',
    summary: 'power instances off; they are still paid for',
    isDangerous: true,
  }),
  action({
    name: 'deallocate',
    operation: 'deallocateInstances',
    summary: 'deallocate instances',
    isDangerous: true,
  }),
  action({
    name: 'reimage',
    operation: 'reimageInstances',
    summary: 'give instances a new disk from their image',
    isDangerous: true,
  }),
  action({ name: 'redeploy', operation: 'redeployInstances', summary: 'move instances to other hosts' }),
  action({
    name: 'upgrade',
    operation: 'upgradeInstances',
    summary: 'bring instances to the model as it is',
  }),
  action({
    name: 'protect',
    operation: 'protectInstances',
    summary: 'protect instances from actions of the scale set',
  }),
  action({
    name: 'delete',
    operation: 'deleteInstances',
    summary: 'delete instances, for good',
    examples: ['scale-sets delete web --instance 3 --accept-irreversible --yes'],
    isDangerous: true,
  }),
  action({
    name: 'scale',
    operation: 'scaleInstances',
    summary: 'change the capacity',
    examples: ['scale-sets scale web --capacity 20 --wait --yes'],
    isDangerous: true,
  }),
];
