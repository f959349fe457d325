import { call } from '../../client/call.ts';
import { read } from '../api/client.ts';
import { shapes, type Event } from '../api/shapes.ts';
import type { CliCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { UsageError } from '../errors.ts';
import { rolloutIdOf } from '../find/rollout-id.ts';
import { done } from '../messages/done.ts';
import { usage } from '../messages/usage.ts';
import { addOutputOption, print, type OutputOptions } from '../output.ts';
import { eventLines } from '../show/rollout.ts';

interface EventsOptions extends OutputOptions {
  readonly follow?: boolean;
}

const PAUSE_SECONDS = 3;

export const events: CliCommand<EventsOptions> = {
  name: 'events',
  summary: 'show what happened, oldest first; --follow goes on until the rollout has ended',
  examples: [
    'events 7f3c',
    'events @latest --follow',
    'events 7f3c --query "[?kind==\'approved\'].by" -o tsv',
  ],
  define: (command) =>
    addOutputOption(
      command
        .argument('<id>', 'the rollout')
        .option('--follow', 'print each as it comes, until the rollout ends'),
    ),
  async run({ args: [named = ''], options }, context) {
    // The header stands above all rows, and later events may have more columns.
    if (options.follow === true && options.output === 'csv')
      throw new UsageError(usage.conflict('--follow', '-o csv'));
    const id = await rolloutIdOf(context, named);
    if (options.follow === true) return followEvents(context, id, options);
    await print(context, await eventsOf(context, id), { ...options, words: eventLines });
    return EXIT.done;
  },
};

/** Each event once, in order; the rollout is asked first, so that its last event is never missed. */
async function followEvents(context: Context, id: string, options: OutputOptions) {
  let last = 0;
  for (;;) {
    const { endedAt } = await read(context, call('getRollout', { path: { id } }), shapes.Rollout);
    const fresh = (await eventsOf(context, id)).filter(({ sequence }) => sequence > last);
    last = fresh.at(-1)?.sequence ?? last;
    // As JSON one event a line: nobody knows yet where the list ends.
    if (options.output === 'json' && options.query === undefined)
      context.out(fresh.map((event) => `${JSON.stringify(event)}\n`).join(''));
    else if (fresh.length > 0) await print(context, fresh, { ...options, words: eventLines });
    if (endedAt) return EXIT.done;
    await context.clock.sleep(PAUSE_SECONDS, context.interrupted);
    if (!context.interrupted.aborted) continue;
    context.err(`${done.continues(done.detached, id)}\n`);
    return EXIT.interrupted;
  }
}

async function eventsOf(context: Context, id: string): Promise<readonly Event[]> {
  return (await read(context, call('getEvents', { path: { id } }), shapes.Events)).value;
}
