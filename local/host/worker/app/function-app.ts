import { invokeFunction } from '../core/invoke.ts';
import type { RegisteredFunction, Registry } from '../core/registry.ts';
import type { Binding, InvocationResponse, TypedData } from '../core/types.ts';
import type { KnownFunctions } from '../../durable/replay/execution.ts';
import { readHostJson, type HostJson } from './host-json.ts';

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
  readonly registered: RegisteredFunction;
}

export interface Invocation {
  readonly data: TypedData | undefined;
  /** What the library would read from the data, where that is at hand; the data is then not looked at. */
  readonly value?: unknown;
  readonly triggerMetadata?: Readonly<Record<string, TypedData>>;
  /** JSON text for every durableClient input of the function. */
  readonly clientBinding?: string;
  /** Given where something else must know it too. */
  readonly invocationId?: string;
}

/** An app as its modules registered it, ready to be run by any number of hosts. */
export interface FunctionApp {
  readonly host: HostJson;
  readonly known: KnownFunctions;
  functions(type: TriggerType): readonly AppFunction[];
  /** Names are case-insensitive (golden 1.16). */
  find(type: TriggerType, name: string): AppFunction | undefined;
  usesClient(fn: AppFunction): boolean;
  invoke(fn: AppFunction, invocation: Invocation): Promise<InvocationResponse>;
  /** Runs the appStart hooks once, and asks the library for its capabilities. */
  start(): Promise<void>;
  /** Runs the appTerminate hooks. */
  stop(): Promise<void>;
  /** Where the library takes raw HTTP requests, once the app that asked for it has started. */
  httpUri(): string | undefined;
}

/** `hostJson` is the parsed file. */
export function createFunctionApp(registry: Registry, hostJson?: unknown): FunctionApp {
  const byType = Map.groupBy(registry.functions.map(toAppFunction), (fn) => fn.trigger.type.toLowerCase());
  const byName = new Map<string, AppFunction>(
    [...byType].flatMap(([type, own]) => own.map((fn) => [`${type} ${fn.name.toLowerCase()}`, fn] as const)),
  );
  const functions = (type: TriggerType) => byType.get(type.toLowerCase()) ?? [];
  const namesOf = (type: TriggerType) => new Set(functions(type).map((fn) => fn.name.toLowerCase()));
  let invocations = 0;
  let started: Promise<void> | undefined;
  let httpUri: string | undefined;

  return {
    host: readHostJson(hostJson, process.env),
    known: {
      activities: namesOf('activityTrigger'),
      orchestrations: namesOf('orchestrationTrigger'),
      entities: new Map(functions('entityTrigger').map(({ name }) => [name.toLowerCase(), name])),
    },
    functions,
    find: (type, name) => byName.get(`${type} ${name}`.toLowerCase()),
    usesClient: (fn) => clientInputs(fn).length > 0,
    invoke(fn, { data, value, triggerMetadata, clientBinding, invocationId }) {
      invocations += 1;
      const client: TypedData = { string: clientBinding ?? '' };
      const inputData = [
        { name: fn.triggerName, data: value === undefined ? data : undefined },
        ...clientInputs(fn).map((name) => ({ name, data: client })),
      ];
      const request = triggerMetadata === undefined ? { inputData } : { inputData, triggerMetadata };
      const id = invocationId ?? `invocation-${invocations}`;
      return invokeFunction(registry, fn.registered, request, { id, value });
    },
    start() {
      started ??= (async () => {
        httpUri = await startApp(registry);
      })();
      return started;
    },
    async stop() {
      for (const hook of registry.hooks('appTerminate')) await hook({ hookData: {} });
    },
    httpUri: () => httpUri,
  };
}

async function startApp(registry: Registry): Promise<string | undefined> {
  for (const hook of registry.hooks('appStart')) await hook({ hookData: {} });
  const capabilities = await registry.model?.getCapabilities({});
  return capabilities?.['HttpUri'];
}

function clientInputs(fn: AppFunction): readonly string[] {
  return Object.entries(fn.registered.metadata.bindings)
    .filter(([, binding]) => ['durableclient', 'orchestrationclient'].includes(binding.type.toLowerCase()))
    .map(([name]) => name);
}

function toAppFunction(registered: RegisteredFunction): AppFunction {
  const { name, bindings } = registered.metadata;
  const found = Object.entries(bindings).find(([, binding]) =>
    binding.type.toLowerCase().endsWith('trigger'),
  );
  if (found === undefined) throw new Error(`Function "${name}" has no trigger.`);
  const [triggerName, trigger] = found;
  return { name, trigger, triggerName, registered };
}
