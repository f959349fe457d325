import { HOOKS } from './types.ts';
import type {
  FunctionCallback,
  FunctionMetadata,
  HookCallback,
  HookName,
  LogSink,
  ProgrammingModel,
} from './types.ts';

export interface RegisteredFunction {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

/** What an app registered while its modules were loaded. */
export interface Registry {
  readonly functions: readonly RegisteredFunction[];
  readonly model: ProgrammingModel | undefined;
  hooks(name: HookName): readonly HookCallback[];
  /** From here on registering a function is an error, as in the worker after start-up. */
  lock(): void;
  readonly log: { sink: LogSink };
  /** The object that `@azure/functions-core` resolves to. */
  readonly coreModule: object;
}

interface Disposable {
  dispose(): void;
}

export function createRegistry(): Registry {
  const functions = new Map<string, RegisteredFunction>();
  const hooks = new Map<string, HookCallback[]>();
  const log: { sink: LogSink } = { sink: () => undefined };
  let model: ProgrammingModel | undefined;
  let locked = false;

  const registerFunction = (metadata: FunctionMetadata, callback: FunctionCallback): Disposable => {
    if (locked) {
      throw systemError(Error, 'A function can only be registered during app startup.');
    }
    const key = metadata.name;
    if (functions.has(key)) {
      throw systemError(Error, `A function with name "${metadata.name}" has already been registered.`);
    }
    functions.set(key, { metadata, callback });
    return { dispose: () => functions.delete(key) };
  };

  const registerHook = (name: string, callback: HookCallback): Disposable => {
    if (!HOOKS.some((known) => known === name)) throw systemError(RangeError, `Unrecognized hook "${name}"`);
    const list = hooks.get(name) ?? [];
    hooks.set(name, list);
    list.push(callback);
    return { dispose: () => list.splice(list.indexOf(callback), 1) };
  };

  return {
    get functions() {
      return [...functions.values()];
    },
    get model() {
      return model;
    },
    hooks: (name) => hooks.get(name) ?? [],
    lock: () => {
      locked = true;
    },
    log,
    coreModule: {
      version: '4.0.0',
      hostVersion: '4.1049.0',
      registerFunction,
      registerHook,
      setProgrammingModel: (given: ProgrammingModel) => {
        model = given;
      },
      getProgrammingModel: () => model,
      log: (level: string, _category: string, message: string) => log.sink(level, message),
      Disposable: {
        from: (...all: Disposable[]) => ({ dispose: () => all.forEach((one) => one.dispose()) }),
      },
    },
  };
}

/** The flag tells the library apart from errors of the app. */
function systemError(type: typeof Error | typeof RangeError, message: string): Error {
  return Object.assign(new type(message), { isAzureFunctionsSystemError: true });
}
