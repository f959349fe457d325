import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fewestServing } from '../../local/simulator/log/serving.ts';
import { overlappingWrites } from '../../local/simulator/log/judge.ts';
import { serve } from '../../local/simulator/server/server.ts';
import { createSimulator, type Simulator } from '../../local/simulator/simulator.ts';
import { createScaledClock } from '../../local/simulator/time/clock.ts';
import { startAzurite } from '../../local/platform/azurite.ts';
import { startHost } from '../../local/platform/parts.ts';
import { freePort } from '../../local/platform/ports.ts';
import { ensureBuilt } from '../../tools/built.ts';
import { eventually } from '../host/support/child-host.ts';
import { ask, type Answer } from './support/app.ts';
import { FOLDER, REPORTED, reportOf, type ReportedCase, type Staged } from './support/reported.ts';
import { stateFolder } from './support/state.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const TIME_SCALE = 120;
const PATIENCE_MILLISECONDS = 300_000;
/** Until instances that are made serve, and nothing shows that they are new. */
const MAKING_SECONDS = 900;
const ENDED = ['succeeded', 'halted', 'rolledBack', 'failed', 'refused', 'cancelled'];
const HEALTH = { stableSeconds: 1, timeoutSeconds: 120 };
const SUBSCRIPTION = '00000000-0000-4000-8000-000000000001';

const present = existsSync(FOLDER);
if (!present) console.log(`${FOLDER} is absent: the app is not held to the reported cases over HTTP.`);

const stack = new AsyncDisposableStack();
let arm = '';
let app = '';
let sim: Simulator;
const staged = new Map<string, Staged>();

beforeAll(async () => {
  if (!present) return;
  await ensureBuilt(ROOT);
  const { path } = stack.use(stateFolder('cases'));
  // All cases at once on one service, each with a scale set and faults of its own.
  sim = createSimulator({
    clock: createScaledClock(Date.now, TIME_SCALE, Date.now()),
    timeScale: TIME_SCALE,
    scaleSets: [{ name: 'other', count: 0, resourceGroup: 'Büro-größe' }],
    faults: REPORTED.flatMap(({ id, faults = [] }) => faults.map((fault) => ({ ...fault, scaleSet: id }))),
  });
  const server = await serve(sim, 0);
  stack.defer(() => server.close());
  arm = `http://127.0.0.1:${server.port}`;
  const azurite = startAzurite(path);
  stack.defer(() => azurite.stop(2000));
  const settings = { app: ROOT, port: await freePort(0), state: path, timeScale: TIME_SCALE };
  const host = startHost(settings, { storage: await azurite.ready, arm });
  stack.defer(() => host.stop(2000));
  app = `${await host.ready}/api`;
  for (const one of await Promise.all(REPORTED.map(stage))) staged.set(one.name, one);
}, 120_000);

afterAll(async () => stack.disposeAsync());

/** Makes the scale set of the report, by a PUT as it stands there, and lets its instances come up. */
async function stage({ id }: ReportedCase): Promise<Staged> {
  const { scaleSet: body, group } = reportOf(id);
  const scaleSet = `/subscriptions/${SUBSCRIPTION}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachineScaleSets/${id}`;
  const url = `${arm}${encodeURI(scaleSet)}?api-version=2024-07-01`;
  expect((await ask(url, 'PUT', body)).status).toBe(201);
  await delay((MAKING_SECONDS * 1000) / TIME_SCALE);

  const until = async (rollout: string, looks: (body: Answer['body']) => boolean): Promise<Answer['body']> =>
    eventually(
      async () => {
        const { body: shown } = await ask(`${app}/rollouts/${rollout}`, 'GET');
        return looks(shown) || hasEnded(shown) ? shown : undefined;
      },
      PATIENCE_MILLISECONDS,
      500,
    );
  const send: Staged['ask'] = async (path, spec) =>
    ask(`${app}${path}`, 'POST', { scaleSet, health: HEALTH, ...spec });
  return {
    name: id,
    ask: send,
    async command(rollout, command) {
      const { status } = await ask(`${app}/rollouts/${rollout}/${command}`, 'POST', { reason: 'test' });
      expect(status).toBe(202);
    },
    async rollOut(spec, looks = hasEnded) {
      const { status, body: started } = await send('/rollouts', spec);
      expect([status, started]).toEqual([202, expect.anything()]);
      return until(started.id, looks);
    },
    toEnd: (rollout) => until(rollout, hasEnded),
    read: async () => (await ask(url, 'GET')).body,
    log: () => sim.log,
  };
}

function hasEnded({ phase }: Answer['body']): boolean {
  return ENDED.includes(phase);
}

describe.skipIf(!present && process.env['CI'] !== 'true')('reported cases over HTTP', () => {
  it('are all of the reports', () => {
    const reported = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
    expect(REPORTED.map(({ id }) => `${id}.json`)).toEqual(reported.toSorted());
  });

  // Feature [Service behaviour that is expected] The eighteen reported cases, as they stand, between processes over HTTP (issue 11)
  //   shown by: reported cases over HTTP > 15-one-empty-list
  it.concurrent.each(REPORTED)('$id', { timeout: PATIENCE_MILLISECONDS * 2 }, async (reported) => {
    const own = staged.get(reported.id);
    if (own === undefined) throw new Error(`not staged: ${reported.id}`);
    const from = own.log().at(-1)?.time;
    await reported.isRight(own);
    expect(overlappingWrites(own.log(), own.name)).toEqual([]);
    expect(fewestServing(own.log(), from, undefined, own.name)).toBeGreaterThanOrEqual(4);
  });
});
