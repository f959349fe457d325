import { call } from '../../client/call.ts';
import { read } from '../api/client.ts';
import { ScaleSet, ScaleSetInstance, ScaleSetInstances, ScaleSets } from '../api/scale-sets.ts';
import type { CliCommand, CliFamily } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { scaleSetIdOf, scaleSetPathOf } from '../find/scale-set.ts';
import { found } from '../messages/errors.ts';
import { scaleSetNames } from '../messages/help.ts';
import { actions } from './actions.ts';
import { addOutputOption, print, type OutputOptions } from '../output.ts';
import {
  scaleSetInstanceTable,
  scaleSetInstanceText,
  scaleSetTable,
  scaleSetText,
} from '../show/scale-sets.ts';
import { genericText } from '../show/generic.ts';
import { plain } from '../show/text.ts';

const list: CliCommand<OutputOptions> = {
  name: 'list',
  summary: 'all scale sets that the app sees, and which rollout holds each',
  examples: ['scale-sets list', 'scale-sets list --query "[?heldBy].name" -o tsv'],
  define: addOutputOption,
  async run({ options }, context) {
    const { value, unreadable } = await read(context, call('getScaleSets', {}), ScaleSets);
    await print(context, value, { ...options, words: scaleSetTable });
    for (const { subscriptionId, code, message } of unreadable ?? [])
      context.err(`${plain(found.unreadable(subscriptionId, code, message))}\n`);
    return EXIT.done;
  },
};

const show: CliCommand<OutputOptions> = {
  name: 'show',
  summary: 'one scale set: size, capacity, image, policy, and who holds it',
  examples: ['scale-sets show web', 'scale-sets show shop/web -o json'],
  define: (command) => addOutputOption(command.argument('<scale-set>', scaleSetNames)),
  async run({ args: [named = ''], options }, context) {
    await print(context, await readSet(context, named), { ...options, words: scaleSetText });
    return EXIT.done;
  },
};

const instances: CliCommand<OutputOptions> = {
  name: 'instances',
  summary: 'its instances: domain, zone, image, power, health, whether they are on the model',
  examples: [
    'scale-sets instances web',
    'scale-sets instances web --query "[?!latestModelApplied].instanceId" -o tsv',
  ],
  define: (command) => addOutputOption(command.argument('<scale-set>', scaleSetNames)),
  async run({ args: [named = ''], options }, context) {
    const path = await pathOf(context, named);
    const asked = call('getScaleSetInstances', { path, query: { view: 'summary' } });
    const { value } = await read(context, asked, ScaleSetInstances);
    await print(context, value, { ...options, words: scaleSetInstanceTable });
    return EXIT.done;
  },
};

const instance: CliCommand<OutputOptions> = {
  name: 'instance',
  summary: 'one instance; with -o json its model and its instance view as Azure has them',
  examples: ['scale-sets instance web 3', 'scale-sets instance web 3 --query instanceView -o yaml'],
  define: (command) =>
    addOutputOption(
      command.argument('<scale-set>', scaleSetNames).argument('<instance>', 'the id of the instance'),
    ),
  async run({ args: [named = '', id = ''], options }, context) {
    await print(context, await readInstance(context, named, id), { ...options, words: scaleSetInstanceText });
    return EXIT.done;
  },
};

/** What Azure itself says of a set, or of one instance of it. */
function azureView(
  name: string,
  field: 'model' | 'instanceView',
  { summary, examples }: { readonly summary: string; readonly examples: readonly string[] },
): CliCommand<OutputOptions> {
  return {
    name,
    summary,
    examples,
    define: (command) =>
      addOutputOption(
        command.argument('<scale-set>', scaleSetNames).argument('[instance]', 'of this instance instead'),
      ),
    async run({ args: [named = '', id], options }, context) {
      const all = id === undefined ? await readSet(context, named) : await readInstance(context, named, id);
      // Nested as it is, a table would show nothing of it.
      const output = options.output === 'table' && options.query === undefined ? 'json' : options.output;
      await print(context, all[field], { ...options, output, words: genericText });
      return EXIT.done;
    },
  };
}

const model = azureView('model', 'model', {
  summary: 'the model as Azure sends it, without secrets',
  examples: [
    'scale-sets model web',
    'scale-sets model web --query properties.virtualMachineProfile.storageProfile.imageReference',
  ],
});

const instanceView = azureView('instance-view', 'instanceView', {
  summary: 'the instance view as Azure sends it',
  examples: [
    'scale-sets instance-view web',
    'scale-sets instance-view web 3 --query "statuses[].code" -o tsv',
  ],
});

export const scaleSets: CliFamily = {
  name: 'scale-sets',
  summary: 'look at scale sets and their instances, and act on them',
  members: [list, show, instances, instance, model, instanceView, ...actions],
};

async function pathOf(context: Context, named: string): Promise<ReturnType<typeof scaleSetPathOf>> {
  return scaleSetPathOf(await scaleSetIdOf(context, named));
}

async function readSet(context: Context, named: string): Promise<ScaleSet> {
  return read(context, call('getScaleSet', { path: await pathOf(context, named) }), ScaleSet);
}

async function readInstance(context: Context, named: string, instanceId: string): Promise<ScaleSetInstance> {
  const path = { ...(await pathOf(context, named)), instanceId };
  return read(context, call('getScaleSetInstance', { path }), ScaleSetInstance);
}
