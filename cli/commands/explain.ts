import { call } from '../../client/call.ts';
import { read } from '../api/client.ts';
import { shapes } from '../api/shapes.ts';
import type { CliCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { rolloutIdOf } from '../find/rollout-id.ts';
import { addOutputOption, print, type OutputOptions } from '../output.ts';
import { explanationText } from '../show/explanation.ts';

export const explain: CliCommand<OutputOptions> = {
  name: 'explain',
  summary: 'show plan, what was done, what is left, why it waits, and how to undo it with az alone',
  examples: ['explain 7f3c', 'explain @latest -o json'],
  define: (command) => addOutputOption(command.argument('<id>', 'the rollout')),
  async run({ args: [named = ''], options }, context) {
    const asked = call('explainRollout', { path: { id: await rolloutIdOf(context, named) } });
    const explanation = await read(context, asked, shapes.Explanation);
    await print(context, explanation, { ...options, words: explanationText });
    return EXIT.done;
  },
};
