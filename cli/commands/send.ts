import type { Command } from 'commander';
import { call, type CommandName } from '../../client/call.ts';
import { retryAfterSeconds, sendPatiently, understand } from '../api/client.ts';
import { shapes } from '../api/shapes.ts';
import { addWaitOptions, type CliCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { addOutputOption } from '../output.ts';
import { collect, parseCount } from '../spec/values.ts';
import { follow, type WaitOptions } from '../watch/follow.ts';

interface SendOptions extends WaitOptions {
  readonly reason?: string;
  readonly batch?: number;
  readonly instance?: readonly string[];
  readonly yes?: boolean;
  readonly instances?: readonly string[];
  readonly belowFloor?: true;
}

interface Verb {
  readonly name: CommandName;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly options?: (command: Command) => Command;
  /** Whether to send it, after the user has seen what it leads to. */
  readonly confirm?: (context: Context, id: string, options: { readonly yes?: boolean }) => Promise<boolean>;
}

/** A command that is sent to a running rollout. */
export function rolloutCommand({
  name,
  summary,
  examples,
  options = (command) => command,
  confirm = async () => true,
}: Verb): CliCommand<SendOptions> {
  return {
    name,
    summary,
    examples,
    define: (command) =>
      addOutputOption(
        addWaitOptions(
          options(command.argument('<id>', 'the rollout')).option('--reason <text>', 'why, for the record'),
        ),
      ),
    async run({ args: [id = ''], options: given }, context) {
      if (!(await confirm(context, id, given))) return EXIT.failed;
      const answer = await sendPatiently(
        context,
        {
          ...call(`${name}Rollout`, {
            path: { id },
            body: {
              reason: given.reason,
              batch: given.batch,
              instances: given.instance,
              belowFloor: given.belowFloor,
            },
          }),
          headers: { 'idempotency-key': context.randomId() },
        },
        { repeatable: false },
      );
      return follow(context, understand(context, answer, shapes.Rollout), {
        ...given,
        pauseSeconds: retryAfterSeconds(answer.headers),
      });
    },
  };
}

export function batchOption(command: Command): Command {
  return command.option('--batch <index>', 'the batch, counted from 0', parseCount);
}

export function instanceOption(command: Command): Command {
  return command.option('--instance <id>', 'an instance (repeatable)', collect(String));
}
