import { UsageError } from '../errors.ts';
import type { Context } from '../context.ts';
import type { CliCommand } from '../command.ts';
import { usage } from '../messages/usage.ts';
import { scaleSetNames } from '../messages/help.ts';
import { parseAssignment } from '../spec/assignment.ts';
import { buildSpec } from '../spec/build.ts';
import { parseAddition, parseRemoval } from '../spec/operands.ts';
import { addConditions, type SpecOptions } from '../spec/options.ts';
import { addStartOptions, startSpec } from './start.ts';

type EditOptions = Parameters<typeof startSpec>[1];

interface Edit {
  readonly name: 'set' | 'add' | 'remove';
  readonly summary: string;
  readonly examples: readonly string[];
  readonly operands: string;
  readonly read: (operands: readonly string[]) => Pick<SpecOptions, 'set' | 'add' | 'remove'>;
}

/** A rollout of one change of the model, as `az vmss update --set`, `--add` and `--remove` write it. */
function edit({ name, summary, examples, operands, read }: Edit): CliCommand<EditOptions> {
  return {
    name,
    summary,
    examples,
    define: (command) =>
      addStartOptions(
        addConditions(
          command
            .argument('<scale-set>', scaleSetNames)
            .argument(operands, 'as az has them')
            .option('--force-string', 'values are text, even where they could be JSON'),
        ),
      ),
    async run({ args: [scaleSet = '', ...words], options }, context: Context) {
      const given = { ...options, scaleSet, ...understood(name, words, read) };
      return startSpec(await buildSpec(given, context), options, context);
    },
  };
}

/** What the parser would say of a flag is said of the words. */
function understood(name: string, words: readonly string[], read: Edit['read']): ReturnType<Edit['read']> {
  try {
    return read(words);
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    throw new UsageError(usage.wrongValue(name, words.join(' '), fault), { cause: error });
  }
}

export const set = edit({
  name: 'set',
  summary: 'set properties of the model, and roll them out',
  examples: [
    'set web virtualMachineProfile.diagnosticsProfile.bootDiagnostics.enabled=true',
    'set web tags.team=shop "virtualMachineProfile.extensionProfile.extensions[name=app].settings.port=8080" --wait',
  ],
  operands: '<path=value...>',
  read: (words) => ({ set: words.map((word) => parseAssignment(word)) }),
});

export const add = edit({
  name: 'add',
  summary: 'append to a list of the model, and roll it out',
  examples: [
    'add web virtualMachineProfile.networkProfile.networkInterfaceConfigurations name=extra primary=false',
  ],
  operands: '<list-and-values...>',
  read: (words) => ({ add: [parseAddition(JSON.stringify(words))] }),
});

export const remove = edit({
  name: 'remove',
  summary: 'remove a property of the model, or an item of a list, and roll that out',
  examples: ['remove web tags.team', 'remove web virtualMachineProfile.extensionProfile.extensions 0'],
  operands: '<property-and-index...>',
  read: (words) => ({ remove: [parseRemoval(JSON.stringify(words))] }),
});
