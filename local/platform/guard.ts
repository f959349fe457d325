/**
 * Loaded into each child before its own code, by `--import`.
 *
 * A child ends with its parent, however that one ended: the kernel closes the pipe that is the child's standard
 * input. And a child begins only when its predecessor on the same state is gone, whose lock the kernel frees.
 */
import { DatabaseSync } from 'node:sqlite';
import { isMainThread } from 'node:worker_threads';

const PREDECESSOR_MILLISECONDS = 8000;
const ORDERLY_END_MILLISECONDS = 3000;

if (isMainThread) {
  waitForPredecessor();
  endWithParent();
}

function waitForPredecessor(): void {
  const file = process.env['PLATFORM_CHILD_LOCK'];
  if (file === undefined) return;
  // What this child starts itself must not wait for this child.
  delete process.env['PLATFORM_CHILD_LOCK'];
  const lock = new DatabaseSync(file);
  lock.exec(`PRAGMA busy_timeout = ${PREDECESSOR_MILLISECONDS}; BEGIN EXCLUSIVE`);
  process.once('exit', () => lock.close());
}

function endWithParent(): void {
  // Their reader is gone then; an unhandled EPIPE would end the child before it has saved its state.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  process.stdin.once('close', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), ORDERLY_END_MILLISECONDS).unref();
  });
  process.stdin.on('error', () => undefined);
  process.stdin.resume();
  if ('unref' in process.stdin) process.stdin.unref();
}
