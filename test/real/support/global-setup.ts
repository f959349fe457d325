import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildRealHost, dotnetVersion } from '../../../local/real/dotnet.ts';
import { packageApp } from '../../../tools/package.ts';
import { unpack } from '../../../tools/package/unpack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The built host of the real extension; null where there is no .NET SDK. */
    readonly realHost: string | null;
    /** The folder that the package was unpacked into. */
    readonly realApp: string;
  }
}

const APP = join(import.meta.dirname, '..', '..', '..', '.local', 'real-app');

/** Builds what all files of the lane run: the host of the real extension, and the app as its package has it. */
export async function setup(project: TestProject): Promise<void> {
  const sdk = await dotnetVersion();
  if (sdk === undefined) {
    if (process.env['CI'] !== undefined)
      throw new Error('npm run test:real needs the .NET SDK, and there is none');
    console.log('There is no .NET SDK here (`dotnet`), so nothing is run on the real Durable extension.');
    project.provide('realHost', null);
    project.provide('realApp', '');
    return;
  }
  const startedAt = performance.now();
  const program = await buildRealHost(sdk);
  rmSync(APP, { recursive: true, force: true });
  unpack((await packageApp()).content, APP);
  console.log(`built host and package in ${Math.round((performance.now() - startedAt) / 100) / 10} s`);
  project.provide('realHost', program);
  project.provide('realApp', APP);
}
