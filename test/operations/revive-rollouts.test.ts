import { expect, it } from 'vitest';
import { NEW, startLab, WEB } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';

const API = WEB.replace(/web$/, 'api');
const TWO = { scaleSets: ['web', 'api'].map((name) => ({ name, count: 5 })) };

/** Accepts a rollout and dies before its workflow is started; answers with its id. */
async function acceptAndDie(lab: Lab, scaleSet: string): Promise<string> {
  const { documents } = lab.store;
  const insert: typeof documents.insert = documents.insert.bind(documents);
  let id = '';
  const dying: typeof documents.insert = async (key, value) => {
    const stored = await insert(key, value);
    if (key.table !== 'index' || key.partition !== 'rollouts') return stored;
    ({ id } = value as { id: string });
    throw new Error('died');
  };
  Object.assign(documents, { insert: dying });
  const { status } = await lab.call('POST', '/rollouts', { scaleSet, change: { image: { version: NEW } } });
  Object.assign(documents, { insert });
  expect(status).toBe(503);
  return id;
}

it('starts the workflow of a rollout that has none', async () => {
  await using lab = await startLab({ count: 5 });
  const id = await acceptAndDie(lab, WEB);
  await lab.host.advance(60_000);
  await lab.host.fireTimer('reviveRollouts');
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
});

it('looks after each of them although another one cannot be read', async () => {
  for (const unreadable of [0, 1]) {
    await using lab = await startLab(TWO);
    const ids = [await acceptAndDie(lab, WEB), await acceptAndDie(lab, API)];
    const { documents } = lab.store;
    const list: typeof documents.list = documents.list.bind(documents);
    const broken: typeof documents.list = async (...given) => {
      if (given[0] === 'rollouts' && given[1] === ids[unreadable]) throw new Error('no answer');
      return list(...given);
    };
    Object.assign(documents, { list: broken });
    await lab.host.advance(60_000);
    await lab.host.fireTimer('reviveRollouts');
    Object.assign(documents, { list });
    const other = ids[1 - unreadable] ?? '';
    await lab.until(other, ({ phase }) => phase !== 'accepted');
  }
});

it('frees a scale set whose rollout ended and died before it did so', async () => {
  await using lab = await startLab({ count: 5 });
  const id = await lab.start();
  await lab.toEnd(id);
  await lab.host.runToEnd(id);
  const [lease] = await lab.store.documents.list('leases', 'leases');
  const value = { ...(lease?.value as object), rolloutId: id, token: 1 };
  await lab.store.documents.putAll('leases', 'leases', [{ row: lease?.row ?? '', value }]);
  await lab.host.fireTimer('reviveRollouts');
  const [free] = await lab.store.documents.list('leases', 'leases');
  expect(free?.value).not.toHaveProperty('rolloutId');
});

it('leaves alone what runs', async () => {
  await using lab = await startLab({ count: 5 });
  const id = await lab.start();
  await lab.until(id, 'upgrading');
  const history = lab.host.history(id).length;
  await lab.host.fireTimer('reviveRollouts');
  await lab.host.fireTimer('reviveRollouts');
  expect(lab.host.history(id).length).toBe(history);
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
});
