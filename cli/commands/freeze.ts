import { call } from '../../client/call.ts';
import { read, sendPatiently, understand } from '../api/client.ts';
import { Freeze } from '../api/switches.ts';
import type { CliCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { done } from '../messages/done.ts';
import { addOutputOption, print } from '../output.ts';
import type { OutputOptions } from '../output.ts';
import { freezeText } from '../show/freeze.ts';

export const freeze: CliCommand<OutputOptions> = {
  name: 'freeze',
  summary: 'stop all writes of all rollouts at once; without a reason, show whether they are stopped',
  examples: ['freeze "incident 42: hands off production"', 'freeze', 'freeze -o json'],
  define: (command) =>
    addOutputOption(command.argument('[reason]', 'why all writes stop, for everybody who waits')),
  async run({ args: [reason], options }, context) {
    const now =
      reason === undefined
        ? await read(context, call('getFreeze', {}), Freeze)
        : await send(context, 'freeze', reason);
    if (reason !== undefined) context.err(`${done.frozen}\n`);
    await print(context, now, { ...options, words: freezeText });
    return EXIT.done;
  },
};

export const unfreeze: CliCommand<OutputOptions> = {
  name: 'unfreeze',
  summary: 'lift a freeze, so that rollouts may write again',
  examples: ['unfreeze "incident 42 is over"'],
  define: (command) => addOutputOption(command.argument('<reason>', 'why, for the record')),
  async run({ args: [reason = ''], options }, context) {
    const lifted = await send(context, 'liftFreeze', reason);
    context.err(`${done.lifted}\n`);
    await print(context, lifted, { ...options, words: freezeText });
    return EXIT.done;
  },
};

/** Asked again it changes nothing, and is not noted. */
async function send(context: Context, operation: 'freeze' | 'liftFreeze', reason: string) {
  const answer = await sendPatiently(context, call(operation, { body: { reason } }), { repeatable: true });
  return understand(context, answer, Freeze);
}
