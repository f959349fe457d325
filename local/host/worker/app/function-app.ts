import { invokeFunction } from '../core/invoke.ts';
import type { Registry } from '../core/registry.ts';
import type { InvocationResponse, TypedData } from '../core/types.ts';
import { clientInputs, createCatalog, type AppFunction, type Catalog } from './catalog.ts';
import { readHostJson, type HostJson } from './host-json.ts';

export interface Invocation {
  readonly data: TypedData | undefined;
  /** What the library would read from the data, where that is at hand; the data is then not looked at, and only `result` answers. */
  readonly value?: unknown;
  readonly triggerMetadata?: Readonly<Record<string, TypedData>>;
  /** JSON text for every durableClient input of the function. */
  readonly clientBinding?: string;
  /** Given where something else must know it too. */
  readonly invocationId?: string;
}

/** An app as its modules registered it, ready to be run by any number of hosts. */
export interface FunctionApp extends Catalog {
  readonly host: HostJson;
  /** Rejects with what the function threw, or with a {@link WorkerExitError} where its worker ended in it. */
  invoke(fn: AppFunction, invocation: Invocation): Promise<InvocationResponse>;
  /** Runs the appStart hooks once, and asks the library for its capabilities. */
  start(): Promise<void>;
  /** Runs the appTerminate hooks. */
  stop(): Promise<void>;
  /** Where the library takes raw HTTP requests, once the app that asked for it has started. */
  httpUri(): Promise<string | undefined>;
}

/** The app in this process; `hostJson` is the parsed file. */
export function createFunctionApp(registry: Registry, hostJson?: unknown): FunctionApp {
  const byName = new Map(registry.functions.map((registered) => [registered.metadata.name, registered]));
  let invocations = 0;
  let started: Promise<void> | undefined;
  let httpUri: string | undefined;

  return {
    ...createCatalog(registry.functions.map(({ metadata }) => metadata)),
    host: readHostJson(hostJson, process.env),
    async invoke(fn, { data, value, triggerMetadata, clientBinding, invocationId }) {
      const registered = byName.get(fn.name);
      if (registered === undefined) throw new Error(`The app has no function "${fn.name}".`);
      invocations += 1;
      const client: TypedData = { string: clientBinding ?? '' };
      const inputData = [
        { name: fn.triggerName, data: value === undefined ? data : undefined },
        ...clientInputs(fn).map((name) => ({ name, data: client })),
      ];
      const request = triggerMetadata === undefined ? { inputData } : { inputData, triggerMetadata };
      const id = invocationId ?? `invocation-${invocations}`;
      return invokeFunction(registry, registered, request, { id, value });
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
    httpUri: async () => httpUri,
  };
}

async function startApp(registry: Registry): Promise<string | undefined> {
  for (const hook of registry.hooks('appStart')) await hook({ hookData: {} });
  const capabilities = await registry.model?.getCapabilities({});
  return capabilities?.['HttpUri'];
}
