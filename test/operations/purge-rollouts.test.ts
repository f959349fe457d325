import { describe, expect, it } from 'vitest';
import { expectImages, policyOf } from '../lab/judge.ts';
import { NEW, OLD, startLab, WEB } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';
import { DAY, purge, QUICK, remains, status, to, twoEnded } from '../lab/purge.ts';

describe('after ninety days', () => {
  // Feature [Retention] An ended rollout is purged with all that is kept of it, and its workflow's history (Issue 12, kind 8)
  it('nothing is left of an ended rollout that nobody needs, and its words say so', async () => {
    await using lab = await startLab({ count: 2 });
    const key = { 'idempotency-key': 'release-1' };
    const first = (await lab.call('POST', '/rollouts', { scaleSet: WEB, ...to(NEW) }, key)).body.id as string;
    await lab.toEnd(first);
    await lab.send(first, 'pause');
    await lab.host.advance(60_000);
    await lab.rollOut(to(OLD));
    await lab.host.advance(89 * DAY);
    await purge(lab);
    expect(await status(lab, first)).toBe(200);
    expect(await remains(lab, first)).not.toEqual([]);
    await lab.host.advance(2 * DAY);
    await purge(lab);
    expect(await remains(lab, first)).toEqual([]);
    expect(lab.host.history(first)).toEqual([]);
    const gone = await lab.call('GET', `/rollouts/${first}`);
    expect(gone.status).toBe(404);
    expect(gone.body.detail).toBe(
      `there is no rollout ${first}: if there was one, it was purged 90 days after its end`,
    );
    expect((await lab.send(first, 'resume')).status).toBe(404);
    const never = await lab.call('GET', '/rollouts/never');
    expect(never.body.detail).toBe('there is no rollout never');
    // Its key is free: whoever asks with it now means another rollout.
    const again = await lab.call('POST', '/rollouts', { scaleSet: WEB, ...to(NEW) }, key);
    expect(again).toMatchObject({ status: 202 });
    expect(again.body.id).not.toBe(first);
  });

  // Feature [Retention] The newest snapshot of each scale set stays, however old, so that it can be undone (Issue 12, kind 8)
  it('the newest that can be undone stays and is undone, whatever came after it', async () => {
    await using lab = await startLab({ count: 2 });
    const { first, second } = await twoEnded(lab);
    const idle = await lab.rollOut(to(OLD));
    const refused = await lab.rollOut({ ...to(OLD), targets: { instances: ['77'] } });
    expect([idle.phase, refused.phase]).toEqual(['succeeded', 'refused']);
    await lab.host.advance(400 * DAY);
    await purge(lab);
    for (const id of [first, idle.id, refused.id]) expect(await remains(lab, id)).toEqual([]);
    const undo = await lab.rollOut({ ...QUICK, change: {}, rollbackOf: second });
    expect(undo.phase).toBe('succeeded');
    expectImages(lab, NEW);
    // Now the undo itself is the newest that can be undone.
    await lab.host.advance(91 * DAY);
    await purge(lab);
    expect(await remains(lab, second)).toEqual([]);
    expect(await status(lab, undo.id)).toBe(200);
  });

  it('what runs stays, and what it undoes', async () => {
    await using lab = await startLab({ count: 2 });
    const { first } = await twoEnded(lab);
    await lab.host.advance(91 * DAY);
    const undo = await lab.start({
      ...QUICK,
      change: {},
      rollbackOf: first,
      approvals: { before: 'batch' },
    });
    await purge(lab);
    expect(await status(lab, first)).toBe(200);
    expect(await status(lab, undo)).toBe(200);
  });

  it('one whose workflow has not ended, or cannot be asked for, stays for now', async () => {
    await using lab = await startLab({ count: 2 });
    const { first } = await twoEnded(lab);
    await lab.host.advance(91 * DAY);
    const look = lab.host.request.bind(lab.host);
    const deaf = async (request: Request): Promise<Response> =>
      request.url.includes(`/instances/${first}`) ? new Response('', { status: 500 }) : look(request);
    Object.assign(lab.host, { request: deaf });
    await purge(lab);
    Object.assign(lab.host, { request: look });
    expect(await status(lab, first)).toBe(200);
    await purge(lab);
    expect(await status(lab, first)).toBe(404);
  });
});

// Feature [Retention] Guards that were left are found without reading rollouts, and never forgotten (Issue 12, kind 8)
it('whoever left a guard that still stands stays until it is restored', async () => {
  await using lab = await startLab({ count: 5, upgradePolicy: { mode: 'Automatic' } });
  const id = await lab.start();
  await lab.until(id, ({ batch, phase }) => batch === 1 && phase === 'upgrading');
  await lab.send(id, 'abort', { reason: 'the shop is open' });
  await lab.toEnd(id);
  // Neither the newest nor what the newest left.
  const later = await lab.rollOut(to(OLD));
  expect(later.phase).toBe('succeeded');
  const idle = await lab.rollOut(to(OLD));
  await lab.host.advance(400 * DAY);
  await purge(lab);
  expect(await remains(lab, idle.id)).toEqual([]);
  expect(await status(lab, id)).toBe(200);

  const before = lab.store.calls.length;
  const { guardsLeft } = (await lab.call('GET', '/leases')).body;
  expect(guardsLeft).toMatchObject([
    { rolloutId: id, scaleSet: WEB, guard: 'upgradePolicy', was: 'Automatic' },
  ]);
  expect(lab.store.calls.slice(before).filter((call) => call.includes('rollouts'))).toEqual([]);

  const restored = await lab.rollOut({ change: {}, restoreGuardsOf: id });
  expect(restored.phase).toBe('succeeded');
  expect(policyOf(lab)).toBe('Automatic');
  expect((await lab.call('GET', '/leases')).body.guardsLeft).toEqual([]);
  await lab.host.advance(91 * DAY);
  await purge(lab);
  expect(await status(lab, id)).toBe(404);
});

it('what is just being purged is not undone in part', async () => {
  await using lab = await startLab({ count: 2 });
  const { first } = await twoEnded(lab);
  await lab.store.blobs.remove(`plans/${first}`);
  const undo = await lab.rollOut({ ...QUICK, change: {}, rollbackOf: first });
  expect(undo).toMatchObject({ phase: 'refused', failure: { code: 'rolloutNotFound' } });
});

describe('secrets', () => {
  const SECRET = {
    ...QUICK,
    scaleSet: WEB,
    change: { osProfile: { adminPassword: 'hunter2-hunter2' } },
    strategy: { acceptIrreversible: true },
  };
  const secrets = async (lab: Lab): Promise<readonly string[]> => lab.store.blobs.list('secrets/', 10);

  // Feature [Retention] Secrets without a rollout that runs go at the next look (Issue 12, kind 8)
  it('of a start that died go at the next look, once it can no longer be under way', async () => {
    await using lab = await startLab({ count: 2 });
    const { documents } = lab.store;
    const insert: typeof documents.insert = documents.insert.bind(documents);
    const dying: typeof documents.insert = (key, value) =>
      key.table === 'rollouts' ? Promise.reject(new Error('died')) : insert(key, value);
    Object.assign(documents, { insert: dying });
    expect((await lab.call('POST', '/rollouts', SECRET)).status).toBe(503);
    Object.assign(documents, { insert });
    await purge(lab);
    expect(await secrets(lab)).toHaveLength(1);
    await lab.host.advance(3_600_000);
    await purge(lab);
    expect(await secrets(lab)).toEqual([]);
  });

  it('of a rollout that runs stay, however long it does', async () => {
    await using lab = await startLab({ count: 2 });
    const id = await lab.start({
      ...SECRET,
      approvals: { before: 'batch' },
    });
    await lab.until(id, 'waiting');
    await lab.host.advance(DAY / 2);
    await purge(lab);
    expect(await secrets(lab)).toEqual([`secrets/${id}`]);
  });

  it('of a rollout that ended and died over it go at the next look', async () => {
    await using lab = await startLab({ count: 2 });
    const id = await lab.start(SECRET);
    const text = (await lab.store.blobs.read(`secrets/${id}`)) ?? '';
    await lab.toEnd(id);
    await lab.store.blobs.create(`secrets/${id}`, text);
    await purge(lab);
    expect(await secrets(lab)).toEqual([]);
  });
});

it('takes only so much at one time, and goes on where it stopped', async () => {
  await using lab = await startLab({ count: 2 });
  const nobody = { ...to(NEW), targets: { instances: ['77'] } };
  for (let rollout = 0; rollout < 30; rollout += 1) {
    expect((await lab.rollOut(nobody)).phase).toBe('refused');
  }
  const left = async (): Promise<number> => (await lab.store.documents.list('index', 'rollouts')).length;
  await lab.host.advance(91 * DAY);
  const before = lab.store.calls.length;
  await purge(lab);
  expect(await left()).toBe(5);
  expect(lab.store.calls.length - before).toBeLessThan(25 * 13);
  await purge(lab);
  expect(await left()).toBe(0);
});

it('keys of starts that died go after ninety days', async () => {
  await using lab = await startLab({ count: 2 });
  await lab.store.documents.insert(
    { table: 'keys', partition: 'keys', row: 'abc' },
    { version: 2, rolloutId: '20261121-080000-00000000', specHash: 'x' },
  );
  await lab.host.advance(89 * DAY);
  await purge(lab);
  expect(await lab.store.documents.list('keys', 'keys')).toHaveLength(1);
  await lab.host.advance(2 * DAY);
  await purge(lab);
  expect(await lab.store.documents.list('keys', 'keys')).toEqual([]);
});
