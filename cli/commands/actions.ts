import type { Command } from 'commander';
import { call, type OperationName } from '../../client/call.ts';
import { retryAfterSeconds, sendPatiently, understand } from '../api/client.ts';
import { shapes } from '../api/shapes.ts';
import { confirmed } from '../ask.ts';
import { addWaitOptions, type CliCommand } from '../command.ts';
import { UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { scaleSetIdOf, scaleSetPathOf } from '../find/scale-set.ts';
import { done } from '../messages/done.ts';
import { heading, scaleSetNames } from '../messages/help.ts';
import { usage } from '../messages/usage.ts';
import { addOutputOption } from '../output.ts';
import { plain, scaleSetName } from '../show/text.ts';
import { collectList, parseCount, parseId, parseShare } from '../spec/values.ts';
import { follow, type WaitOptions } from '../watch/follow.ts';

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

/** An action of Azure on instances of a set, which the app does as a rollout: in batches, above the floor. */
function action(
  name: string,
  operation: ActionName,
  { summary, examples }: { readonly summary: string; readonly examples?: readonly string[] },
): CliCommand<ActionOptions> {
  return {
    name,
    summary,
    examples: examples ?? [
      `scale-sets ${name} web --instance 3,7 --wait`,
      `scale-sets ${name} web --update-domain 2 --yes`,
    ],
    define: (command) => addActionOptions(command.argument('<scale-set>', scaleSetNames), name),
    async run({ args: [named = ''], options }, context) {
      if (name === 'scale' && options.capacity === undefined) throw new UsageError(usage.whatCapacity);
      const scaleSet = await scaleSetIdOf(context, named);
      const question = done.act(name, plain(scaleSetName(scaleSet)));
      if (options.yes !== true && !(await confirmed(context, question, done.notSent))) return EXIT.failed;
      const { instance, updateDomain, capacity, maxUnavailable, acceptIrreversible, planHash, reason } =
        options;
      const body = {
        instances: instance,
        updateDomains: updateDomain,
        capacity,
        maxUnavailable,
        acceptIrreversible,
        planHash,
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

function addActionOptions(command: Command, name: string): Command {
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
        .option('--yes', 'do not ask'),
    ),
  );
}

/** Each takes the lease of the set, and is refused while a rollout holds it. */
export const actions: readonly CliCommand[] = [
  action('start', 'startInstances', { summary: 'start instances that are off' }),
  action('restart', 'restartInstances', { summary: 'restart instances' }),
  action('power-off', 'powerOffInstances', { summary: 'power instances off; they are still paid for' }),
  action('deallocate', 'deallocateInstances', { summary: 'deallocate instances' }),
  action('reimage', 'reimageInstances', { summary: 'give instances a new disk from their image' }),
  action('redeploy', 'redeployInstances', { summary: 'move instances to other hosts' }),
  action('upgrade', 'upgradeInstances', { summary: 'bring instances to the model as it is' }),
  action('protect', 'protectInstances', { summary: 'protect instances from actions of the scale set' }),
  action('delete', 'deleteInstances', {
    summary: 'delete instances, for good',
    examples: ['scale-sets delete web --instance 3 --accept-irreversible'],
  }),
  action('scale', 'scaleInstances', {
    summary: 'change the capacity',
    examples: ['scale-sets scale web --capacity 20 --wait'],
  }),
];
