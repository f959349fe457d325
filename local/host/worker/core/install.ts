import Module, { registerHooks } from 'node:module';
import { createFunctionApp, type FunctionApp } from '../app/function-app.ts';
import { createRegistry, type Registry } from './registry.ts';

const CORE = '@azure/functions-core';
const CORE_URL = 'functions-core:module';

export interface InstalledCore extends Registry {
  /** The app made of all that is registered by now; `hostJson` is the parsed host.json. */
  app(hostJson?: unknown): FunctionApp;
}

interface Installation {
  readonly core: InstalledCore;
}

/** One per process: the library remembers the module of its first call for ever (durable-host.md 1.1). */
const SLOT = Symbol.for('vmss-rollout.host.functions-core');

/**
 * Makes `@azure/functions-core` resolvable, for `require` and `import` alike, and answers with what gets registered.
 * Must run before any module of the app is loaded. Later calls answer with the same registry.
 */
export function installFunctionsCore(): InstalledCore {
  const slots = globalThis as { [SLOT]?: Installation };
  const present = slots[SLOT];
  if (present !== undefined) return present.core;

  const registry = createRegistry();
  const core = Object.assign(registry, {
    app: (hostJson?: unknown) => createFunctionApp(registry, hostJson),
  });
  slots[SLOT] = { core };
  patchRequire(registry);
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === CORE ? { url: CORE_URL, format: 'module', shortCircuit: true } : next(specifier, context),
    load: (url, context, next) =>
      url === CORE_URL
        ? { format: 'module', source: moduleSource(registry), shortCircuit: true }
        : next(url, context),
  });
  return core;
}

/** The way the real worker does it; also covers `createRequire` in bundled apps. */
function patchRequire(registry: Registry): void {
  const prototype = Module.prototype as { require: (this: unknown, id: string) => unknown };
  const original = prototype.require;
  prototype.require = function require(this: unknown, id: string): unknown {
    return id === CORE ? registry.coreModule : original.call(this, id);
  };
}

function moduleSource(registry: Registry): string {
  const names = Object.keys(registry.coreModule);
  return [
    `const core = globalThis[Symbol.for(${JSON.stringify(Symbol.keyFor(SLOT))})].core.coreModule;`,
    'export default core;',
    ...names.map((name) => `export const ${name} = core.${name};`),
  ].join('\n');
}
