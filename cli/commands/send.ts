import type { Command } from 'commander';
import { call, type CommandName } from '../../client/call.ts';
import { read, retryAfterSeconds, sendPatiently, understand } from '../api/client.ts';
import { shapes, type Rollout } from '../api/shapes.ts';
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
      const isRead = given.wait !== true && given.output === 'table' && given.query === undefined;
      const now = isRead ? await onceTaken(context, name, rollout) : rollout;
      return follow(context, now, { ...given, pauseSeconds: retryAfterSeconds(answer.headers) });
    },
  };
}

/** So often, a second apart, a command is given to be taken before the rollout is shown. */
const LOOKS = 3;

/** The rollout once it no longer offers what was just sent: whoever reads that it waits for an approval approves again. */
async function onceTaken(context: Context, sent: CommandName, first: Rollout): Promise<Rollout> {
  let rollout = first;
  for (let look = 0; look < LOOKS && offers(rollout, sent, first.batch); look += 1) {
    await context.clock.sleep(1, context.interrupted);
    if (context.interrupted.aborted) return rollout;
    const asked = call('getRollout', { path: { id: first.id } });
    rollout = await read(context, asked, shapes.Rollout).catch(() => rollout);
  }
  return rollout;
}

function offers({ next, batch }: Rollout, command: CommandName, at: Rollout['batch']): boolean {
  return batch === at && (next ?? []).some((possible) => possible.command === command);
}

export function batchOption(command: Command): Command {
  return command.option('--batch <index>', 'the batch, counted from 0', parseCount);
}

export function instanceOption(command: Command): Command {
  return command.option('--instance <ids>', 'instances, as in 3,7 (repeatable)', collectList(parseId));
}
