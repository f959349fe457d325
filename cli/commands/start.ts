import { call } from '../../client/call.ts';
import type { RolloutSpec } from '../../client/types.ts';
import { isPassing, retryAfterSeconds, sendPatiently, understand } from '../api/client.ts';
import { shapes } from '../api/shapes.ts';
import { addWaitOptions, type CliCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { InterruptedError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { done } from '../messages/done.ts';
import { addOutputOption } from '../output.ts';
import { plain, scaleSetName } from '../show/text.ts';
import { buildSpec } from '../spec/build.ts';
import { addSpecOptions, type SpecOptions } from '../spec/options.ts';
import { follow, type WaitOptions } from '../watch/follow.ts';
import { reviewed } from './review.ts';

interface StartOptions extends SpecOptions, WaitOptions {
  readonly idempotencyKey?: string;
  readonly yes?: boolean;
}

export const start: CliCommand<StartOptions> = {
  name: 'start',
  summary: 'start a rollout over one scale set; at a terminal it shows the plan and asks',
  examples: [
    'start --scale-set web --image-version latest --wait',
    'start --scale-set web --image-version 22.04.202611010 --approve-before batch --max-unavailable 20%',
    'start --scale-set web --set virtualMachineProfile.diagnosticsProfile.bootDiagnostics.enabled=true',
    'start --spec rollout.json --idempotency-key "$BUILD_ID" --yes --wait --timeout 7200',
    'start --spec rollout.json --queue --wait',
    'start --rollback-of 7f3c --wait',
  ],
  define: (command) => addStartOptions(addSpecOptions(command)),
  async run({ options }, context) {
    return startSpec(await buildSpec(options, context), options, context);
  },
};

/** Those of any command that starts a rollout. */
export const addStartOptions: CliCommand['define'] = (command) =>
  addOutputOption(
    addWaitOptions(
      command
        .option(
          '--idempotency-key <key>',
          'the same key never starts a second rollout; default: a random one',
        )
        .option('--fail-on-noop', 'exit 6 when there is nothing to do')
        .option('--yes', 'do not ask'),
    ),
  );

/** Starts what the spec says, once somebody at the terminal has seen its plan. */
export async function startSpec(
  body: RolloutSpec,
  options: StartOptions,
  context: Context,
): Promise<ExitCode> {
  const wanted =
    options.yes === true
      ? body
      : await reviewed(body, context, { asks: done.start, otherwise: done.notStarted });
  if (wanted === undefined) return EXIT.failed;
  return startRollout(context, wanted, { ...options, key: options.idempotencyKey ?? context.randomId() });
}

/** Sends a spec, and follows the rollout that it starts. */
export async function startRollout(
  context: Context,
  body: RolloutSpec,
  { key, ...options }: WaitOptions & { readonly key: string },
): Promise<ExitCode> {
  const request = {
    ...call('startRollout', { body }),
    headers: { 'idempotency-key': key },
  };
  const answer = await sendPatiently(context, request, { repeatable: true }).catch((error: unknown) => {
    if (isPassing(error) || error instanceof InterruptedError) context.err(`${done.mayHaveStarted(key)}\n`);
    throw error;
  });
  const rollout = understand(context, answer, shapes.Rollout);
  // What was started just now has not come this far.
  const told = rollout.phase === 'accepted' ? done.started : done.found;
  context.err(`${plain(told(rollout.id, scaleSetName(rollout.scaleSet)))}\n`);
  return follow(context, rollout, { ...options, pauseSeconds: retryAfterSeconds(answer.headers) });
}
