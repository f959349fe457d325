import { readFileSync, rmSync } from 'node:fs';
import type { AppFunction } from '../../host/worker/app/catalog.ts';

/**
 * Ends this process on the spot, once, when a function is invoked that the file names, by its name or its trigger:
 * the host has handed the invocation over, and no answer will come.
 */
export function dieIfAsked(file: string | undefined, { name, trigger }: AppFunction): void {
  const victim = file === undefined ? undefined : readIfThere(file);
  if (file === undefined || (victim !== name && victim !== trigger.type)) return;
  rmSync(file);
  process.kill(process.pid, 'SIGKILL');
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
