import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, spawnHost, type ChildHost } from '../support/child-host.ts';
import {
  GOLDEN,
  haveRecordings,
  openRecordings,
  RECORDED,
  scenarios,
  type RecordedStatus,
  type Recordings,
  type Scenario,
} from './recordings.ts';
import { OUTCOME_OF_CHANCE } from './compare.ts';
import { comparable, differencesFrom } from './same.ts';

/** Scenarios that need nobody from outside and took no long time. */
const SHORT_MS = 6000;
const present = haveRecordings();

function isShort(recordings: Recordings, { name, script, input }: Scenario): boolean {
  if (!recordings.names.includes(name) || (script !== undefined && script !== null)) return false;
  if (JSON.stringify(input ?? null).includes('@P') || OUTCOME_OF_CHANCE.has(name)) return false;
  const final = recordings.finalOf(name);
  return !final.timedOut && final.ms < SHORT_MS;
}

describe.skipIf(!present)('the recorded app, run by path on the real clock', () => {
  for (const folder of present ? RECORDED : []) {
    const recordings = openRecordings(folder);
    const short = scenarios().filter((scenario) => isShort(recordings, scenario));

    describe(recordings.label, () => {
      let host: ChildHost;

      beforeAll(async () => {
        // The app has no libraries of its own.
        process.env['NODE_PATH'] = join(import.meta.dirname, '..', '..', '..', 'node_modules');
        host = await spawnHost(['--app', join(GOLDEN, 'app'), '--schema', String(recordings.schema)]);
      });
      afterAll(async () => host[Symbol.asyncDispose]());

      it('has at least 70 orchestrations to run', () => {
        expect(new Set(short.map(({ orch }) => orch)).size).toBeGreaterThanOrEqual(70);
      });

      it.concurrent.each(short)('$name', async ({ name, orch, input }) => {
        const base = `${host.origin}/runtime/webhooks/durabletask`;
        const body = input === undefined ? {} : { body: JSON.stringify(input) };
        const started = await fetch(`${base}/orchestrators/${orch}/g-${name}`, { method: 'POST', ...body });
        expect(started.status).toBe(202);
        const end = await eventually(async () => {
          const response = await fetch(`${base}/instances/g-${name}`);
          return response.status === 200 ? ((await response.json()) as RecordedStatus) : undefined;
        }, 30_000);
        const expected = recordings.finalOf(name).answers['plain']?.body;
        expect(end.runtimeStatus).toBe(expected?.runtimeStatus);
        expect(differencesFrom(comparable(expected?.output), comparable(end.output))).toEqual([]);
      });
    });
  }
});
