import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { buildApp } from '../../tools/build.ts';
import { median } from './median.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const ROUNDS = 5;

export interface Startup {
  /** Processor time until the worker has loaded the app and knows its functions. */
  readonly cpuMs: number;
  /** Of the built app, each file compressed as a zip has it. */
  readonly zippedMegabytes: number;
}

/** P11: what a cold start computes, of the bundle that is deployed. */
export async function measureStartup(): Promise<Startup> {
  await buildApp(ROOT);
  const main = pathToFileURL(join(ROOT, 'dist', 'main.js')).href;
  const script = `await import(${JSON.stringify(main)}); const { user, system } = process.cpuUsage(); console.log('cpu ' + (user + system) / 1000); process.exit(0);`;
  const rounds = Array.from({ length: ROUNDS }, () => {
    const told = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return Number(/cpu ([\d.]+)/.exec(told)?.[1]);
  });
  return { cpuMs: median(rounds), zippedMegabytes: sizeOf(join(ROOT, 'dist')) / 1e6 };
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
    .reduce((sum, entry) => sum + deflateRawSync(readFileSync(join(entry.parentPath, entry.name))).length, 0);
}
