import { readFileSync, realpathSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FunctionApp } from '../../../local/host/worker/app/function-app.ts';
import { installFunctionsCore } from '../../../local/host/worker/core/install.ts';
import type { VirtualClock } from '../../../local/host/drivers/virtual-clock.ts';
import { GOLDEN } from './recordings.ts';

let loaded: FunctionApp | undefined;

/** The recorded app, loaded from where it is, on this repository's libraries. */
export function goldenApp(): FunctionApp {
  if (loaded !== undefined) return loaded;
  const core = installFunctionsCore();
  const root = pathToFileURL(realpathSync(GOLDEN)).href;
  const load = createRequire(import.meta.url);
  registerHooks({
    resolve: (specifier, context, next) => {
      const isLibrary = specifier === 'durable-functions' || specifier === '@azure/functions';
      if (!isLibrary || context.parentURL?.startsWith(root) !== true) return next(specifier, context);
      return { url: pathToFileURL(load.resolve(specifier)).href, format: 'commonjs', shortCircuit: true };
    },
  });
  for (const name of ['app.js', 'extras.js']) load(join(GOLDEN, 'app', name));
  loaded = core.app(JSON.parse(readFileSync(join(GOLDEN, 'app', 'host.json'), 'utf8')));
  return loaded;
}

/** The app counts its activities' attempts in two globals; a scenario starts with none. */
export function forgetAttempts(): void {
  const memory = globalThis as unknown as Record<string, object | undefined>;
  for (const name of ['__RUNS', '__F2']) {
    const counts = memory[name] ?? {};
    for (const key of Object.keys(counts)) Reflect.deleteProperty(counts, key);
  }
}

/** Activities of the app that wait do it on the virtual clock until the answer is disposed of. */
export function virtualTimeouts(clock: VirtualClock): Disposable {
  const real = globalThis.setTimeout;
  const folder = join(realpathSync(GOLDEN), 'app');
  const afterSleep = async (callback: () => void, ms: number): Promise<void> => {
    await clock.sleep(ms);
    callback();
  };
  const virtual = (callback: () => void, ms: number): unknown => {
    const isTheirs = new Error('where from').stack?.includes(folder) === true;
    return isTheirs ? void afterSleep(callback, ms) : real(callback, ms);
  };
  globalThis.setTimeout = virtual as typeof setTimeout;
  return {
    [Symbol.dispose]() {
      globalThis.setTimeout = real;
    },
  };
}
