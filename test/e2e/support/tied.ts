import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

/** Waits until nobody can write to it any more: the kernel sees to that when its parent is gone. */
const LEASH = 'read -r _; kill -s KILL -- "-$1" "$1"';

/**
 * Has the child end with this process, however that ends: a test whose time is over disposes of nothing. So does all of
 * its process group, if it was started with `detached` and leads one.
 */
export function tied<C extends ChildProcess>(child: C): C {
  const leash = spawn('sh', ['-c', LEASH, 'leash', String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Ctrl-C must not take it away before its child.
    detached: true,
  });
  leash.unref();
  child.once('exit', () => leash.kill('SIGKILL'));
  return child;
}
