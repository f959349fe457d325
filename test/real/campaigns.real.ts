import { expect } from 'vitest';
import { imagesNow } from '../../local/simulator/log/judge.ts';
import { belowFloor } from '../../local/simulator/log/serving.ts';
import { ask } from '../e2e/support/app.ts';
import { accepted } from '../e2e/support/judge.ts';
import { eventually } from '../host/support/child-host.ts';
import { scenario } from './support/scenario.ts';

const NEWEST = '22.04.202611010';

// Feature [Campaigns] A campaign of three sets on the real Durable extension, whose activities begin rollouts (issue 18)
scenario('a campaign of three sets in two stages', ['web:2', 'api:2', 'jobs:2'], async ({ service, url }) => {
  const { id: first } = await service.scaleSet();
  const idOf = (name: string): string => `${first.slice(0, first.lastIndexOf('/'))}/${name}`;
  const stage = (name: string, names: readonly string[]) => ({
    name,
    groups: [{ name: 'all', scaleSets: names.map((one) => idOf(one)), concurrency: 2 }],
  });
  const spec = {
    name: 'October image',
    change: { image: { version: 'latest' } },
    rollout: { health: { stableSeconds: 1 } },
    stages: [stage('canary', ['web']), stage('rest', ['api', 'jobs'])],
  };
  const started = await ask(`${url}/api/campaigns`, 'POST', spec, { 'idempotency-key': 'campaign' });
  expect(started.status, started.text).toBe(202);
  const ended = await eventually(async () => {
    const answer = await ask(`${url}/api/campaigns/${started.body.id}`, 'GET').catch(() => undefined);
    return answer?.status === 200 && answer.body.endedAt !== null ? answer.body : undefined;
  }, 540_000);
  expect(ended).toMatchObject({ phase: 'succeeded', version: NEWEST, scaleSets: { total: 3, succeeded: 3 } });
  const log = await service.log();
  for (const name of ['web', 'api', 'jobs']) {
    expect([...new Set(Object.values(imagesNow(log, name)))]).toEqual([NEWEST]);
    expect(belowFloor(log, 1, name)).toEqual([]);
  }
  expect(accepted(log, 'patch')).toHaveLength(3);
});
