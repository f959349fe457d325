import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { seededScheduler } from '../../local/host/drivers/ids.ts';
import { IS_NIGHT } from '../lab/drawn.ts';
import { eventually, spawnHost, type ChildHost } from './support/child-host.ts';
import { CONSTRUCTS_FOLDER } from './support/constructs-app.ts';

const SEED = Number(process.env['KILL_SEED'] ?? 20_261_124);
const KILLS = IS_NIGHT ? 20 : 4;
/** With a sub-orchestration each: 1,200 instances in the night lane. */
const JOBS = 30 * KILLS;
const AT_ONCE = 20;

/** durable-host.md 0 and 8: a commit holds all of a step or nothing, and activities run at least once. */
it(`ends ${2 * JOBS} instances rightly over ${KILLS} kills (seed ${SEED})`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kill-loop-'));
  const log = join(folder, 'executions.log');
  process.env['CONSTRUCTS_LOG'] = log;
  const random = seededScheduler(SEED);
  const start = (): Promise<ChildHost> =>
    spawnHost(['--app', CONSTRUCTS_FOLDER, '--state', join(folder, 'state'), '--redelivery', '0']);
  let host = await start();
  try {
    for (let kill = 0; kill < KILLS; kill += 1) {
      await startJobs(host, (kill * JOBS) / KILLS);
      const after = 20 + random.pick(300);
      await delay(after);
      await host.kill('SIGKILL');
      console.log(`kill ${kill + 1} after ${after} ms`);
      host = await start();
    }
    for (let job = 0; job < JOBS; job += 1) {
      const end = await eventually(() => endOf(host, `job-${job}`), 120_000);
      expect(end, `job ${job}`).toEqual({ status: 'Completed', output: 600 * job + 15 });
      expect(await endOf(host, `job-${job}-sum`)).toMatchObject({ status: 'Completed' });
    }
  } finally {
    await host.kill('SIGKILL');
    delete process.env['CONSTRUCTS_LOG'];
  }
  const executions = Map.groupBy(readFileSync(log, 'utf8').trim().split('\n'), (line) => line);
  const repeated = [...executions.values()].filter((times) => times.length > 1).length;
  console.log(`${executions.size} activities, ${repeated} of them more than once`);
  expect(executions.size).toBe(6 * JOBS);
  rmSync(folder, { recursive: true });
});

async function startJobs(host: ChildHost, first: number): Promise<void> {
  const jobs = Array.from({ length: JOBS / KILLS }, (_, index) => first + index);
  for (let index = 0; index < jobs.length; index += AT_ONCE) {
    await Promise.all(
      jobs.slice(index, index + AT_ONCE).map(async (job) => {
        const response = await fetch(`${base(host)}/orchestrators/job/job-${job}`, {
          method: 'POST',
          body: JSON.stringify({ job }),
        });
        expect(response.status).toBe(202);
      }),
    );
  }
}

async function endOf(host: ChildHost, id: string): Promise<{ status: string; output: unknown } | undefined> {
  const response = await fetch(`${base(host)}/instances/${id}`);
  const body = (await response.json()) as { runtimeStatus: string; output: unknown };
  const isOver = response.status === 200;
  return isOver ? { status: body.runtimeStatus, output: body.output } : undefined;
}

function base(host: ChildHost): string {
  return `${host.origin}/runtime/webhooks/durabletask`;
}
