import type { Command } from 'commander';
import { call, type CommandName } from '../../client/call.ts';
import { retryAfterSeconds, sendPatiently, understand } from '../api/client.ts';
import { shapes } from '../api/shapes.ts';
import { addWaitOptions, type CliCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { rolloutIdOf } from '../find/rollout-id.ts';
import { addOutputOption } from '../output.ts';
import { sentText } from '../show/sent.ts';
import { collectList, parseCount, parseId } from '../spec/values.ts';
import { follow, type WaitOptions } from '../watch/follow.ts';

export interface SendOptions extends WaitOptions {
  readonly reason?: string;
  readonly batch?: number;
  readonly instance?: readonly string[];
  readonly yes?: boolean;
  readonly belowFloor?: true;
  readonly ignoreWindow?: true;
}

interface Verb {
  readonly name: CommandName;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly options?: (command: Command) => Command;
  /** Refuses options that do not go together, before anything is sent. */
  readonly check?: (options: SendOptions) => void;
  /** Whether to send it, after the user has seen what it leads to. */
  readonly confirm?: (context: Context, id: string, options: { readonly yes?: boolean }) => Promise<boolean>;
}

/** A command that is sent to a running rollout. */
export function rolloutCommand({
  name,
  summary,
  examples,
  options = (command) => command,
  check = () => undefined,
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
    async run({ args: [named = ''], options: given }, context) {
      check(given);
      const id = await rolloutIdOf(context, named);
      if (!(await confirm(context, id, given))) return EXIT.failed;
      const { reason, batch, instance, belowFloor, ignoreWindow } = given;
      const body = { reason, batch, instances: instance, belowFloor, ignoreWindow };
      const request = {
        ...call(`${name}Rollout`, { path: { id }, body }),
        headers: { 'idempotency-key': context.randomId() },
      };
      const answer = await sendPatiently(context, request, { repeatable: false });
      const rollout = understand(context, answer, shapes.Rollout);
      context.err(sentText(name, { batch, instances: instance }, rollout));
      return follow(context, rollout, { ...given, pauseSeconds: retryAfterSeconds(answer.headers) });
    },
  };
}

export function batchOption(command: Command): Command {
  return command.option('--batch <index>', 'the batch, counted from 0', parseCount);
}

export function instanceOption(command: Command): Command {
  return command.option('--instance <ids>', 'instances, as in 3,7 (repeatable)', collectList(parseId));
}
