import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InstalledCore } from '../core/install.ts';
import type { FunctionApp } from './function-app.ts';
import { HostJsonError } from './host-json.ts';
import { wantsGrpc } from './unserved.ts';

/** The app's folder is not one that the host can run; the message is one sentence for the user. */
export class AppLoadError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AppLoadError';
  }
}

/**
 * Loads a built app as the worker does: every file that the glob `main` of its package.json names, relative to its
 * folder. No file, or a file that throws, is fatal (durable-host.md 1.2). Nothing can be registered afterwards.
 */
export async function loadApp(core: InstalledCore, folder: string): Promise<FunctionApp> {
  const root = resolve(folder);
  const hostJson = readJson(join(root, 'host.json'));
  const { main } = readJson(join(root, 'package.json')) as { readonly main?: unknown };
  if (typeof main !== 'string' || main === '') {
    throw new AppLoadError(`${join(root, 'package.json')} has no "main" that names the app's files.`);
  }
  const files = globSync(main, { cwd: root }).sort();
  if (files.length === 0)
    throw new AppLoadError(`No file in ${root} matches "${main}" (package.json, "main").`);
  for (const file of files) {
    try {
      await loadFile(join(root, file));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new AppLoadError(`The app's file ${file} cannot be loaded: ${reason}`, { cause: error });
    }
  }
  core.lock();
  if (wantsGrpc(core.functions)) {
    throw new AppLoadError(
      "The app's durable library wants gRPC (durable-functions 4 and later), which this host does not speak: " +
        'with durable-functions 3 the app runs here.',
    );
  }
  try {
    return core.app(hostJson);
  } catch (error) {
    if (error instanceof HostJsonError) throw new AppLoadError(error.message, { cause: error });
    throw error;
  }
}

/** `require` loads both kinds of modules natively; only a module with a top-level await needs `import`. */
async function loadFile(file: string): Promise<void> {
  try {
    createRequire(file)(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_REQUIRE_ASYNC_MODULE') throw error;
    await import(pathToFileURL(file).href);
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppLoadError(`${file} cannot be read: ${reason}`, { cause: error });
  }
}
