import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, spawnHost, type ChildHost } from '../support/child-host.ts';
import {
  finalOf,
  GOLDEN,
  haveRecordings,
  recordedNames,
  scenarios,
  type RecordedStatus,
  type Scenario,
} from './recordings.ts';
import { OUTCOME_OF_CHANCE } from './compare.ts';
import { comparable, matchesRecorded } from './same.ts';

/** Scenarios that need nobody from outside and took no long time. */
const SHORT_MS = 6000;
const recorded = haveRecordings() ? new Set(recordedNames()) : new Set<string>();
const short = recorded.size === 0 ? [] : scenarios().filter(isShort);

function isShort({ name, script, input }: Scenario): boolean {
  if (!recorded.has(name) || (script !== undefined && script !== null)) return false;
  if (JSON.stringify(input ?? null).includes('@P') || OUTCOME_OF_CHANCE.has(name)) return false;
  const final = finalOf(name);
  return !final.timedOut && final.ms < SHORT_MS;
}

let host: ChildHost;

beforeAll(async () => {
  if (short.length === 0) return;
  // The app has no libraries of its own.
  process.env['NODE_PATH'] = join(import.meta.dirname, '..', '..', '..', 'node_modules');
  host = await spawnHost(['--app', join(GOLDEN, 'app'), '--schema', '3']);
});
afterAll(async () => {
  if (short.length > 0) await host[Symbol.asyncDispose]();
});

describe.skipIf(short.length === 0)('the recorded app, run by path on the real clock', () => {
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
    const expected = finalOf(name).answers['plain']?.body;
    expect(end.runtimeStatus).toBe(expected?.runtimeStatus);
    const [output, wanted] = [comparable(end.output), comparable(expected?.output)];
    expect(matchesRecorded(wanted, output) ? wanted : output).toEqual(wanted);
  });
});
