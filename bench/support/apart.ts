import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOMY } from '../../tools/roomy.ts';
import type { Cpu } from './cpu.ts';
import type { Power } from './power.ts';

/*
 * Measurements in processes of their own, so that the heap and the warmth of what ran before are not in their figures.
 */

export function measureCpu(): readonly Cpu[] {
  return printedBy('cpu.ts') as readonly Cpu[];
}

export function measurePower(): Power {
  return printedBy('power.ts', ROOMY) as Power;
}

/** What a script of this folder prints as JSON. */
function printedBy(script: string, flags: readonly string[] = []): unknown {
  const text = execFileSync(process.execPath, [...flags, join(import.meta.dirname, script)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(text) as unknown;
}
