import { expect, it } from 'vitest';
import { startLab, SUBSCRIPTION, NEW } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';

const ONE = `/scale-sets/${SUBSCRIPTION}/rollout/web`;
const PATHS = ['/scale-sets', ONE, `${ONE}/instances?view=summary`];
const VIEWERS = 50;

/** How often the service was asked for each thing that people look at. */
function asked(lab: Lab): Readonly<Record<string, number>> {
  const reads = lab.log.flatMap((entry) =>
    entry.kind === 'request' && entry.method === 'GET' ? [entry.operation] : [],
  );
  return Object.fromEntries([...Map.groupBy(reads, (read) => read)].map(([read, all]) => [read, all.length]));
}

async function everybodyLooks(lab: Lab): Promise<readonly Body[]> {
  const looks = Array.from({ length: VIEWERS }, () => PATHS.map((path) => lab.call('GET', path))).flat();
  const answers = await Promise.all(looks);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  return answers.map(({ body }) => body);
}

// Feature [API] One shared read per scale set and ten seconds, however many watch (API)
it('costs one read of each kind in ten seconds, however many watch', async () => {
  await using lab = await startLab({ pace: { cacheSeconds: 10 } });
  for (let second = 0; second < 60; second += 2) {
    await everybodyLooks(lab);
    await lab.host.advance(2000);
  }
  const each = { listSubscriptions: 6, listScaleSets: 6, getScaleSet: 6, scaleSetInstanceView: 6 };
  expect(asked(lab)).toEqual({ ...each, listInstances: 6 });
  // Nobody watches any more.
  await lab.host.advance(3_600_000);
  expect(asked(lab)).toEqual({ ...each, listInstances: 6 });
});

// Feature [API] During a rollout the ledger answers, not Azure (API)
it('asks for the instances once a minute while a rollout holds the set, and shows what its ledger knows', async () => {
  const run = async (looks: boolean): Promise<{ readonly lists: number; readonly minutes: number }> => {
    await using lab = await startLab({ pace: { cacheSeconds: 10 }, seed: 7 });
    const id = await lab.start();
    const from = lab.host.clock.now();
    let isNew = false;
    for (;;) {
      const { phase, instances } = await lab.get(id);
      if (phase === 'succeeded') {
        expect(isNew).toBe(looks);
        const minutes = (lab.host.clock.now() - from) / 60_000;
        return { lists: asked(lab)['listInstances'] ?? 0, minutes };
      }
      if (looks) {
        const { body } = await lab.call('GET', `${ONE}/instances?view=summary`);
        const upgraded = body.value.filter(({ image }: Body) => image === NEW).length;
        // What is done by the ledger is shown as done, although the list may be a minute old; the service sends a short
        // list now and then, and that is not kept for as long.
        if (body.value.length === 15) expect(upgraded).toBeGreaterThanOrEqual(instances.upgraded);
        isNew ||= instances.upgraded > 0;
      }
      await lab.host.advance(5000);
    }
  };
  const [alone, watched] = [await run(false), await run(true)];
  // With more lists, others of them are short; a look in this test is five seconds from the next.
  expect(Math.abs(watched.minutes - alone.minutes)).toBeLessThanOrEqual(10 / 60);
  expect(watched.lists - alone.lists).toBeLessThanOrEqual(Math.ceil(watched.minutes) + 3);
});

// Feature [API] A rollout's instances are read once for all who look, and anew with each change of it (API)
it('reads the rows of a rollout once for everybody, and shows each change of them at once', async () => {
  await using lab = await startLab({ count: 6 });
  const id = await lab.start();
  const paths = [`/rollouts/${id}/instances`, `${ONE}/instances?view=summary`];
  const lists = (): number => lab.store.calls.filter((call) => call.startsWith(`list rollouts/${id}`)).length;
  await lab.until(id, 'upgrading');
  const before = lists();
  const looks = Array.from({ length: VIEWERS }, () => paths.map((path) => lab.call('GET', path))).flat();
  const answers = await Promise.all(looks);
  expect(new Set(answers.map(({ headers }) => headers.get('etag'))).size).toBe(2);
  // Each asks for the head, which is one document; all of it is read by one of them.
  expect(lists() - before).toBe(2 * VIEWERS + 1);

  for (let ended = false; !ended;) {
    const { phase, instances } = await lab.get(id);
    const { value } = (await lab.call('GET', `/rollouts/${id}/instances`)).body;
    expect(value.filter((one: Body) => one.phase === 'succeeded')).toHaveLength(instances.upgraded);
    ended = phase === 'succeeded';
    await lab.host.advance(5000);
  }
});
