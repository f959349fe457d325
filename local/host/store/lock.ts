import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export class StateInUseError extends Error {
  constructor(folder: string) {
    super(`The state folder ${folder} is in use by another host.`);
    this.name = 'StateInUseError';
  }
}

/**
 * Holds a folder for this process. The lock is an open exclusive transaction on a file of its own, so the system frees
 * it when the process dies, however it dies.
 */
export function lockFolder(folder: string): { release(): void } {
  const db = new DatabaseSync(join(folder, 'lock.sqlite'));
  try {
    db.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE;');
  } catch {
    db.close();
    throw new StateInUseError(folder);
  }
  return { release: () => db.close() };
}
