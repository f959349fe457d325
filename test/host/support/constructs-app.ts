import { join } from 'node:path';
import { loadApp } from '../../../local/host/worker/app/load-app.ts';
import type { FunctionApp } from '../../../local/host/worker/app/function-app.ts';
import { installFunctionsCore } from '../../../local/host/worker/core/install.ts';

export const CONSTRUCTS_FOLDER = join(import.meta.dirname, '..', 'apps', 'constructs');

let loaded: Promise<FunctionApp> | undefined;

/** The foreign app, loaded into this process once. */
export function constructsApp(): Promise<FunctionApp> {
  loaded ??= loadApp(installFunctionsCore(), CONSTRUCTS_FOLDER);
  return loaded;
}
