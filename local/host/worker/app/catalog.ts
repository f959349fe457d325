import type { Binding, FunctionMetadata } from '../core/types.ts';
import type { KnownFunctions } from '../../durable/replay/execution.ts';

/** The kinds of triggers that a host here knows. */
export const TRIGGERS = [
  'orchestrationTrigger',
  'activityTrigger',
  'entityTrigger',
  'httpTrigger',
  'timerTrigger',
] as const;
export type TriggerType = (typeof TRIGGERS)[number];

export interface AppFunction {
  readonly name: string;
  readonly trigger: Binding;
  readonly triggerName: string;
  readonly bindings: FunctionMetadata['bindings'];
}

/** Which functions an app has. */
export interface Catalog {
  readonly known: KnownFunctions;
  functions(type: TriggerType): readonly AppFunction[];
  /** Names are case-insensitive (golden 1.16). */
  find(type: TriggerType, name: string): AppFunction | undefined;
  usesClient(fn: AppFunction): boolean;
}

export function createCatalog(registered: readonly FunctionMetadata[]): Catalog {
  const byType = Map.groupBy(registered.map(toAppFunction), (fn) => fn.trigger.type.toLowerCase());
  const byName = new Map<string, AppFunction>(
    [...byType].flatMap(([type, own]) => own.map((fn) => [`${type} ${fn.name.toLowerCase()}`, fn] as const)),
  );
  const functions = (type: TriggerType) => byType.get(type.toLowerCase()) ?? [];
  const namesOf = (type: TriggerType) => new Set(functions(type).map((fn) => fn.name.toLowerCase()));
  return {
    known: {
      activities: namesOf('activityTrigger'),
      orchestrations: namesOf('orchestrationTrigger'),
      entities: new Map(functions('entityTrigger').map(({ name }) => [name.toLowerCase(), name])),
    },
    functions,
    find: (type, name) => byName.get(`${type} ${name}`.toLowerCase()),
    usesClient: (fn) => clientInputs(fn).length > 0,
  };
}

/** Names of the durable client inputs of a function. */
export function clientInputs({ bindings }: AppFunction): readonly string[] {
  return Object.entries(bindings)
    .filter(([, binding]) => ['durableclient', 'orchestrationclient'].includes(binding.type.toLowerCase()))
    .map(([name]) => name);
}

function toAppFunction({ name, bindings }: FunctionMetadata): AppFunction {
  const found = Object.entries(bindings).find(([, binding]) =>
    binding.type.toLowerCase().endsWith('trigger'),
  );
  if (found === undefined) throw new Error(`Function "${name}" has no trigger.`);
  const [triggerName, trigger] = found;
  return { name, trigger, triggerName, bindings };
}
