import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { eventually } from '../host/support/child-host.ts';
import { CAN_SEE_PROCESSES, newMark } from './support/processes.ts';

const TIED = new URL('support/tied.ts', import.meta.url).href;

/** Stands for a test's worker; its child has one of its own, as `npm run` has. */
const WORKER = `
  import { spawn } from 'node:child_process';
  import { tied } from ${JSON.stringify(TIED)};
  tied(spawn('sh', ['-c', 'sleep 1000 & echo up; wait'], { detached: true, stdio: 'inherit' }));
`;

it.runIf(CAN_SEE_PROCESSES)(
  'leaves no process behind of a worker that is killed, nor what that one started',
  async () => {
    const mark = newMark();
    const worker = spawn(process.execPath, ['--input-type=module', '--eval', WORKER], {
      env: mark.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await once(worker.stdout, 'data');
      await eventually(async () => mark.living().find((line) => /^\d+ sleep 1000/.test(line)));
      // Whoever dies between the two has tied nothing yet.
      await eventually(async () => mark.living().find((line) => / leash \d+/.test(line)));
      worker.kill('SIGKILL');
      await eventually(async () => (mark.living().length === 0 ? true : undefined));
      expect(mark.living()).toEqual([]);
    } finally {
      for (const line of mark.living()) process.kill(Number.parseInt(line, 10), 'SIGKILL');
    }
  },
);
