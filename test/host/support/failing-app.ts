import { join } from 'node:path';
import type { FunctionApp } from '../../../local/host/worker/app/function-app.ts';
import { loadApp } from '../../../local/host/worker/app/load-app.ts';
import { installFunctionsCore } from '../../../local/host/worker/core/install.ts';

let loaded: Promise<FunctionApp> | undefined;

/** An app whose orchestrations fail in every way, loaded into this process once. */
export function failingApp(): Promise<FunctionApp> {
  loaded ??= loadApp(installFunctionsCore(), join(import.meta.dirname, '..', 'apps', 'failing'));
  return loaded;
}
