import type { RolloutSpec } from '../../client/types.ts';
import { call } from '../../client/call.ts';
import { isPassing, retryAfterSeconds, sendPatiently, understand } from '../api/client.ts';
import { shapes } from '../api/shapes.ts';
import { addWaitOptions, type CliCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { InterruptedError } from '../errors.ts';
import type { ExitCode } from '../exit-codes.ts';
import { addOutputOption } from '../output.ts';
import { buildSpec } from '../spec/build.ts';
import { addSpecOptions, type SpecOptions } from '../spec/options.ts';
import { follow, type WaitOptions } from '../watch/follow.ts';
import { done } from '../messages/done.ts';

interface StartOptions extends SpecOptions, WaitOptions {
  readonly idempotencyKey?: string;
}

export const start: CliCommand<StartOptions> = {
  name: 'start',
  summary: 'start a rollout over one scale set',
  examples: [
    'start --scale-set "$SCALE_SET" --image-version 22.04.202611010 --wait',
    'start --scale-set "$SCALE_SET" --image-version latest --approve-before batch --max-unavailable 20%',
    'start --scale-set "$SCALE_SET" --set virtualMachineProfile.diagnosticsProfile.bootDiagnostics.enabled=true',
    'start --spec rollout.json --idempotency-key "$BUILD_ID" --wait --timeout 7200',
    'start --rollback-of 7f3c --wait',
  ],
  define: (command) =>
    addOutputOption(
      addWaitOptions(
        addSpecOptions(command)
          .option(
            '--idempotency-key <key>',
            'the same key never starts a second rollout; default: a random one',
          )
          .option('--fail-on-noop', 'exit 6 when there is nothing to do'),
      ),
    ),
  async run({ options }, context) {
    const body = await buildSpec(options, context);
    return startRollout(context, body, { ...options, key: options.idempotencyKey ?? context.randomId() });
  },
};

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
    if (isPassing(error) || error instanceof InterruptedError) {
      context.err(`${done.mayHaveStarted(key)}\n`);
    }
    throw error;
  });
  const rollout = understand(context, answer, shapes.Rollout);
  if (options.wait === true) context.err(`${done.rollout(rollout.id)}\n`);
  return follow(context, rollout, { ...options, pauseSeconds: retryAfterSeconds(answer.headers) });
}
