import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build as bundle } from 'esbuild';
import { createFunctionApp } from '../../local/host/worker/app/function-app.ts';
import type { FunctionApp } from '../../local/host/worker/app/function-app.ts';
import { createRegistry } from '../../local/host/worker/core/registry.ts';
import { BOUND } from '../lab/bound-app.ts';
import type { registerApp } from '../../src/functions/register.ts';

/** The HTTP client of the durable library. */
const AXIOS = createRequire(import.meta.resolve('durable-functions')).resolve('axios');

/** Where a bundle finds the worker's module that belongs to it alone. */
const SLOT = 'vmss-rollout.test.builds';

/** Loads a build beside any other one in this process: each with libraries, and a worker's module, of its own. */
export async function loadBuild(root: string): Promise<FunctionApp> {
  const registry = createRegistry();
  const slots = globalThis as unknown as Record<symbol, Record<string, unknown>>;
  (slots[Symbol.for(SLOT)] ??= {})[root] = registry.coreModule;
  const outfile = join(root, 'dist', 'register.mjs');
  await bundle({
    absWorkingDir: root,
    entryPoints: ['src/functions/register.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    preserveSymlinks: true,
    logLevel: 'silent',
    banner: {
      js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);",
    },
    plugins: [
      {
        name: 'functions-core',
        setup(build) {
          build.onResolve({ filter: /^@azure\/functions-core$/ }, ({ path }) => ({
            path,
            namespace: 'core',
          }));
          // One for all builds: the lab answers in its place (durable-client.ts).
          build.onResolve({ filter: /^axios$/ }, () => ({ path: AXIOS, external: true }));
          build.onLoad({ filter: /.*/, namespace: 'core' }, () => ({
            contents: `module.exports = globalThis[Symbol.for(${JSON.stringify(SLOT)})][${JSON.stringify(root)}];`,
          }));
        },
      },
    ],
  });
  const built = (await import(pathToFileURL(outfile).href)) as { registerApp: typeof registerApp };
  built.registerApp(BOUND);
  registry.lock();
  return createFunctionApp(registry, JSON.parse(readFileSync(join(root, 'host.json'), 'utf8')));
}

/** A place where one build after the other is deployed: whoever runs it finds the one that is there now. */
export function deployment(first: FunctionApp): {
  readonly app: FunctionApp;
  deploy(next: FunctionApp): void;
} {
  let current = first;
  const app: FunctionApp = {
    get host() {
      return current.host;
    },
    get known() {
      return current.known;
    },
    functions: (type) => current.functions(type),
    find: (type, name) => current.find(type, name),
    usesClient: (fn) => current.usesClient(fn),
    invoke: (fn, invocation) => current.invoke(fn, invocation),
    start: () => current.start(),
    stop: () => current.stop(),
    httpUri: () => current.httpUri(),
  };
  return {
    app,
    deploy(next) {
      current = next;
    },
  };
}
