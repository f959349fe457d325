import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** Marks processes by an environment variable: whatever they start, and however it is detached, inherits it. */
export interface Mark {
  readonly env: NodeJS.ProcessEnv;
  /** The command lines of marked processes that still live; zombies have no environment and do not count. */
  living(): readonly string[];
}

const NAME = 'VMSS_E2E_MARK';

export function newMark(): Mark {
  const value = randomUUID();
  return {
    env: { ...process.env, [NAME]: value },
    living: () => processesWith(`${NAME}=${value}`),
  };
}

/** Only Linux shows a process's environment as a file; the tests that ask say so where there is none. */
export const CAN_SEE_PROCESSES = process.platform === 'linux';

function processesWith(assignment: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => read(`/proc/${id}/environ`).split('\0').includes(assignment))
    .map((id) => `${id} ${read(`/proc/${id}/cmdline`).replaceAll('\0', ' ')}`);
}

/** Empty for a process that has just ended, or is another user's. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
