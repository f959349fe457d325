import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Mark } from './processes.ts';
import { tied } from './tied.ts';

const BIN = join(import.meta.dirname, '..', '..', '..', 'bin', 'vmss-rollout.js');

export interface CliRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** `npx vmss-rollout ARGV`, as a process of its own against this function app. */
export async function cli(url: string, argv: readonly string[], mark: Mark): Promise<CliRun> {
  const child = tied(
    spawn(process.execPath, [BIN, ...argv], {
      env: { ...mark.env, VMSS_ROLLOUT_URL: url },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  const written = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (written.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (written.err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...written };
}
