import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildRealHost, dotnetVersion } from '../../../local/real/dotnet.ts';
import { buildApp } from '../../../tools/build.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The built host of the real extension; null where there is no .NET SDK. */
    readonly realHost: string | null;
  }
}

/** Builds what all files of the lane run: the host of the real extension, and the app. */
export async function setup(project: TestProject): Promise<void> {
  const sdk = await dotnetVersion();
  if (sdk === undefined) {
    if (process.env['CI'] !== undefined)
      throw new Error('npm run test:real needs the .NET SDK, and there is none');
    console.log('There is no .NET SDK here (`dotnet`), so nothing is run on the real Durable extension.');
    project.provide('realHost', null);
    return;
  }
  const startedAt = performance.now();
  const program = await buildRealHost(sdk);
  await buildApp(join(import.meta.dirname, '..', '..', '..'));
  console.log(`built host and app in ${Math.round((performance.now() - startedAt) / 100) / 10} s`);
  project.provide('realHost', program);
}
