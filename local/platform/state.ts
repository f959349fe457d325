import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

class StateInUseError extends Error {
  override readonly name = 'StateInUseError';
}

export interface StateClaim extends Disposable {
  readonly directory: string;
}

/** Reserves a state directory for this process; the kernel frees it however the process ends. */
export function claimState(directory: string): StateClaim {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(directory, 'platform.lock'));
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new StateInUseError(
      `the state in ${directory} is in use by another npm start; end that one, or name another with --state DIR`,
      { cause: error },
    );
  }
  return {
    directory,
    [Symbol.dispose]() {
      if (lock.isOpen) lock.close();
    },
  };
}

const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}
