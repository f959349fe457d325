import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createSimulator } from '../../local/simulator/simulator.ts';
import { CASES, type ServiceCase, type Staged } from './cases.ts';
import { written } from './exchanges.ts';
import { callTo, SET, START, startLab, SUBSCRIPTION } from './lab.ts';
import { isCi } from './shared.ts';

const FOLDER = '../shared/cases';
const present = existsSync(FOLDER);
if (!present)
  console.log(`${FOLDER} is absent: the simulator is not held to the reported cases as they stand.`);

const Case = z.looseObject({
  id: z.string(),
  scaleSet: z.record(z.string(), z.unknown()),
  service: z.array(z.looseObject({ 'set is at': z.string().optional() })),
});
type Case = z.infer<typeof Case>;

const reported: readonly Case[] = present
  ? readdirSync(FOLDER)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => Case.parse(JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))))
  : [];

const pathIn = (group: string): string => SET.replace(/resourceGroups\/[^/]+/, `resourceGroups/${group}`);

/** A simulator whose only set is made of the body in the report, by a PUT. */
async function stage({ scaleSet, service }: Case, own: ServiceCase): Promise<Staged> {
  const at = service.map((entry) => entry['set is at']).find((path) => path !== undefined) ?? SET;
  const resourceGroup = /resourceGroups\/([^/]+)/.exec(at)?.[1] ?? '';
  let time = START;
  const sim = written(
    createSimulator({
      clock: { now: () => time },
      profile: { viewLagSeconds: [0, 0], throttling: false, etagMovesAgainShare: 0, ...own.ways },
      resourceGroup,
      scaleSets: [],
      faults: [...(own.faults ?? [])],
    }),
  );
  const call = callTo(sim);
  const pass = (seconds: number): void => {
    time += seconds * 1000;
  };
  const made = await call('PUT', at, scaleSet);
  expect([made.status, made.body]).toEqual([201, expect.anything()]);
  pass(900);
  return { lab: { sim, now: () => time, pass, call }, set: at };
}

describe('reported cases, in words of the simulator', () => {
  it.each(CASES)('$id: the service does so', async (own) => {
    const { spec, faults = [], ways = {} } = own;
    const lab = startLab({ ...spec, faults, profile: ways });
    await own.shows({ lab, set: pathIn(spec.resourceGroup ?? 'rollout') });
  });
});

describe('without its switches and faults the service', () => {
  const special = CASES.filter(({ faults, ways }) => faults !== undefined || ways !== undefined);

  it.each(special)('does not do so: $id', async (own) => {
    const lab = startLab(own.spec);
    await expect(own.shows({ lab, set: pathIn('rollout') })).rejects.toThrow();
  });
});

describe('reported cases, as they stand', () => {
  it.skipIf(!present && !isCi)('are all there', () => {
    expect(reported.map(({ id }) => id)).toEqual(CASES.map(({ id }) => id));
  });

  it.each(reported)(
    '$id: the set of the report is taken as it is, and the service does so',
    async (given) => {
      const own = CASES.find(({ id }) => id === given.id);
      if (own === undefined) throw new Error(`nothing shows ${given.id}`);
      const staged = await stage(given, own);
      const { body } = await staged.lab.call('GET', staged.set);
      expect(body).toMatchObject(given.scaleSet);
      expect(body.id).toContain(SUBSCRIPTION);
      await own.shows(staged);
    },
  );
});
