import { describe, expect, it, test } from 'vitest';
import { startLab, WEB } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';
import { recordsOf } from '../lab/records.ts';

const NAMES = ['web', 'api', 'db'];
const idOf = (name: string): string => WEB.replace(/web$/, name);

/** Three rollouts, a minute between them: one runs, one is paused, one has ended. */
async function three(): Promise<{ lab: Lab; ids: readonly string[] }> {
  const lab = await startLab({ scaleSets: NAMES.map((name) => ({ name, count: 3 })) });
  const ids: string[] = [];
  for (const name of NAMES) {
    ids.push(await lab.start({ scaleSet: idOf(name), approvals: { before: 'rollout' } }));
    await lab.until(ids.at(-1) ?? '', 'waiting');
    await lab.host.advance(60_000);
  }
  await lab.send(ids[1] ?? '', 'pause');
  await lab.send(ids[2] ?? '', 'abort');
  await lab.toEnd(ids[2] ?? '');
  return { lab, ids };
}

async function list(lab: Lab, query = ''): Promise<readonly string[]> {
  const { status, body } = await lab.call('GET', `/rollouts${query}`);
  expect(status).toBe(200);
  return body.value.map(({ id }: Body) => id);
}

describe('the list', () => {
  // Feature [API] Rollouts are kept and listed (T87)
  it('has the newest first', async () => {
    const { lab, ids } = await three();
    await using _ = lab;
    expect(await list(lab)).toEqual(ids.toReversed());
  });

  it('can be narrowed by scale set, in any case, and by phase', async () => {
    const { lab, ids } = await three();
    await using _ = lab;
    expect(await list(lab, `?scaleSet=${idOf('api')}`)).toEqual([ids[1]]);
    expect(await list(lab, `?scaleSet=${idOf('api').toUpperCase()}`)).toEqual([ids[1]]);
    expect(await list(lab, `?scaleSet=${idOf('none')}`)).toEqual([]);
    expect(await list(lab, '?phase=waiting')).toEqual([ids[0]]);
    expect(await list(lab, '?phase=paused')).toEqual([ids[1]]);
    expect(await list(lab, '?phase=cancelled')).toEqual([ids[2]]);
    expect(await list(lab, `?phase=paused&scaleSet=${idOf('web')}`)).toEqual([]);
  });

  it('reads no record that cannot be meant', async () => {
    const { lab, ids } = await three();
    await using _ = lab;
    const readFor = async (query: string): Promise<readonly (string | undefined)[]> => {
      const from = lab.store.calls.length;
      await list(lab, query);
      const reads = lab.store.calls.slice(from).map((call) => /^list rollouts\/(.*)/.exec(call)?.[1]);
      return reads.filter((id) => id !== undefined);
    };
    expect(await readFor(`?scaleSet=${idOf('api')}`)).toEqual([ids[1]]);
    expect(await readFor('?phase=waiting')).toEqual([ids[1], ids[0]]);
    expect(await readFor('?phase=succeeded')).toEqual([ids[1], ids[0]]);
    expect(await readFor('?phase=cancelled')).toEqual(ids.toReversed());
  });

  it('has an end that could not be noted in it yet; the scale set stays taken until it is', async () => {
    await using lab = await startLab({ count: 3 });
    const id = await lab.start({ approvals: { before: 'rollout' } });
    await lab.until(id, 'waiting');
    const { documents } = lab.store;
    const putAll: typeof documents.putAll = documents.putAll.bind(documents);
    Object.assign(documents, {
      putAll: () => Promise.reject(new Error('the store is down')),
    });
    await lab.send(id, 'abort');
    await lab.host.advance(30_000);
    expect((await lab.get(id)).phase).toBe('cancelled');
    expect(await list(lab, '?phase=cancelled')).toEqual([id]);
    expect(await list(lab, '?phase=waiting')).toEqual([]);
    expect((await lab.call('GET', '/leases')).body.value).toHaveLength(1);
    Object.assign(documents, { putAll });
    await lab.host.advance(120_000);
    expect((await lab.call('GET', '/leases')).body.value).toEqual([]);
    const [entry] = await documents.list('index', 'rollouts');
    expect(entry?.value).toMatchObject({ id, phase: 'cancelled' });
  });

  it.each([1, 2, 3])('comes in pages of %i that hold each rollout once', async (top) => {
    const { lab, ids } = await three();
    await using _ = lab;
    const found: string[] = [];
    let next: string | undefined = `/rollouts?top=${top}`;
    for (let page = 0; next !== undefined && page < 10; page += 1) {
      const { body } = await lab.call('GET', next);
      found.push(...body.value.map(({ id }: Body) => id as string));
      expect(body.value.length).toBeLessThanOrEqual(top);
      next = body.nextLink === undefined ? undefined : pathOf(body.nextLink);
    }
    expect(found).toEqual(ids.toReversed());
  });

  it('keeps its filter in the link to more', async () => {
    const { lab, ids } = await three();
    await using _ = lab;
    const { body } = await lab.call('GET', '/rollouts?phase=waiting&top=1');
    expect(body.value.map(({ id }: Body) => id)).toEqual([ids[0]]);
    const more = body.nextLink === undefined ? [] : await list(lab, new URL(body.nextLink).search);
    expect(more).toEqual([]);
  });

  it('does not mind the key of the function app in the query, and does not repeat it', async () => {
    const { lab } = await three();
    await using _ = lab;
    const { status, body } = await lab.call('GET', '/rollouts?top=1&code=s3cret&clientId=default');
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toContain('s3cret');
    expect(body.nextLink).toContain('top=1');
  });

  it.each(['CODE', 'Code', 'CLIENTID'])('knows a key by the name %s, too', async (name) => {
    const { lab } = await three();
    await using _ = lab;
    const { status, body } = await lab.call('GET', `/rollouts?top=1&${name}=s3cret`);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toContain('s3cret');
    expect(body.nextLink).toContain('skipToken=');
  });

  it.each(['phase=waiting&phase=paused', 'top=1&top=1', 'phase=waiting&Phase=paused'])(
    'refuses %s: the Functions host would make one text of it',
    async (query) => {
      await using lab = await startLab({ count: 3 });
      const { status, body } = await lab.call('GET', `/rollouts?${query}`);
      expect({ status, code: body.code }).toEqual({ status: 400, code: 'invalidQuery' });
      const path = query.split(/[&=]/)[2];
      expect(body.errors).toEqual([{ path, message: 'is given more than once' }]);
    },
  );

  it('refuses a scale set that is none', async () => {
    await using lab = await startLab({ count: 3 });
    const { status, body } = await lab.call('GET', `/rollouts?scaleSet=${idOf('web')},${idOf('api')}`);
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'invalidQuery' });
    expect(body.errors).toEqual([{ path: 'scaleSet', message: expect.stringContaining('resource id') }]);
  });

  test.each(['?top=0', '?top=101', '?top=x', '?foo=1', '?skipToken=%2F', '?phase=suceeded'])(
    'refuses %s',
    async (query) => {
      await using lab = await startLab({ count: 3 });
      const { status, body } = await lab.call('GET', `/rollouts${query}`);
      expect({ status, code: body.code }).toEqual({ status: 400, code: 'invalidQuery' });
      expect(body.errors).toEqual([{ path: /\?(\w+)=/.exec(query)?.[1], message: expect.any(String) }]);
    },
  );
});

function pathOf(link: string): string {
  const { pathname, search } = new URL(link);
  return `${pathname.replace(/^\/api/, '')}${search}`;
}

describe('a rollout that is asked for again and again', () => {
  it('is not sent while it is as before, and says when to ask next', async () => {
    await using lab = await startLab({ count: 3 });
    const id = await lab.start({ approvals: { before: 'rollout' } });
    await lab.until(id, 'waiting');
    const first = await lab.call('GET', `/rollouts/${id}`);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[^"]+"$/);
    expect(first.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    const again = (tag: string) => lab.call('GET', `/rollouts/${id}`, undefined, { 'if-none-match': tag });
    const same = await again(etag);
    expect([same.status, same.body]).toEqual([304, undefined]);
    expect(same.headers.get('etag')).toBe(etag);
    expect(same.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect((await again(`"other", ${etag}`)).status).toBe(304);
    expect((await again(`W/${etag}`)).status).toBe(304);
    expect((await again('"other"')).status).toBe(200);
    await lab.send(id, 'pause');
    const changed = await again(etag);
    expect([changed.status, changed.body.phase]).toEqual([200, 'paused']);
    expect(changed.headers.get('etag')).not.toBe(etag);
  });

  it('is told whole seconds, whatever the pace', async () => {
    await using lab = await startLab({ count: 3, pace: { pollSeconds: 0.2, viewLagSeconds: 0.5 } });
    const id = await lab.start();
    expect((await lab.call('GET', `/rollouts/${id}`)).headers.get('retry-after')).toBe('1');
  });

  it('no longer says when to ask once it has ended', async () => {
    await using lab = await startLab({ count: 5 });
    const { id } = await lab.rollOut();
    const { headers, body } = await lab.call('GET', `/rollouts/${id}`);
    expect(headers.has('retry-after')).toBe(false);
    expect(body).toMatchObject({ phase: 'succeeded', endedAt: expect.stringMatching(/Z$/) });
    expect(body).not.toHaveProperty('waitingFor');
  });

  it.each(['plan', 'instances', 'events'])('has an ETag at %s, too', async (part) => {
    await using lab = await startLab({ count: 3 });
    const id = await lab.start({ approvals: { before: 'rollout' } });
    await lab.until(id, 'waiting');
    const first = await lab.call('GET', `/rollouts/${id}/${part}`);
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
    expect((await lab.call('GET', `/rollouts/${id}/${part}`, undefined, headers)).status).toBe(304);
  });
});

// Feature [API] `/instances` and `/events` of a rollout (API, S84, T88)
it('shows every instance and every event, in order', async () => {
  await using lab = await startLab({ count: 12, protectedInstances: ['7'] });
  const { id } = await lab.rollOut();
  const instances = (await lab.call('GET', `/rollouts/${id}/instances`)).body.value;
  expect(instances.map(({ instanceId }: Body) => instanceId)).toEqual([
    '0',
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    '8',
    '9',
    '10',
    '11',
  ]);
  expect(instances[3]).toEqual({
    instanceId: '3',
    name: 'web_3',
    updateDomain: 3,
    faultDomain: expect.any(Number),
    zone: null,
    batch: 3,
    phase: 'succeeded',
    image: { before: '22.04.202610080', now: '22.04.202611010' },
    latestModelApplied: true,
    provisioningState: 'Succeeded',
    power: 'running',
    health: 'healthy',
    attempts: 1,
    updatedAt: expect.stringMatching(/Z$/),
  });
  const events = (await lab.call('GET', `/rollouts/${id}/events`)).body.value;
  expect(events.map(({ sequence }: Body) => sequence)).toEqual(
    events.map((_e: Body, index: number) => index + 1),
  );
  const times = events.map(({ time }: Body) => time as string);
  expect(times).toEqual(times.toSorted());
});

it('has no plan before there is one', async () => {
  await using lab = await startLab({ faults: [{ kind: 'unreachable', fromSeconds: 0, untilSeconds: 9000 }] });
  const id = await lab.start();
  await lab.host.advance(60_000);
  expect(await lab.call('GET', `/rollouts/${id}/plan`)).toMatchObject({
    status: 404,
    body: { code: 'notFound' },
  });
  expect((await lab.call('GET', `/rollouts/${id}/instances`)).body).toEqual({ value: [] });
});

// Feature [API] No operation URL is given away (U90)
it('gives away no URL of an operation, whatever is asked and whenever', async () => {
  await using lab = await startLab({
    faults: [{ kind: 'unreachable', fromSeconds: 60, untilSeconds: 400 }],
  });
  const id = await lab.start();
  const seen: string[] = [];
  const end = lab.host.clock.now() + 3600_000;
  while (lab.host.clock.now() < end) {
    for (const part of ['', '/plan', '/instances', '/events']) {
      seen.push(JSON.stringify((await lab.call('GET', `/rollouts/${id}${part}`)).body));
    }
    await lab.host.advance(60_000);
  }
  expect((await lab.get(id)).phase).toBe('succeeded');
  const { operations } = await recordsOf(lab.store, id);
  const urls = operations.map(({ pollUrl = '' }) => pollUrl);
  expect(urls.length).toBeGreaterThan(5);
  for (const url of urls) {
    const guid = /operations\/([\w-]+)/.exec(url)?.[1] ?? '';
    expect(guid).not.toBe('');
    expect(seen.join('\n')).not.toContain(guid);
  }
});
