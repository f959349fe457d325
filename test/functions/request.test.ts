import { describe, expect, it, test } from 'vitest';
import { NEW, startLab, WEB } from '../lab/lab.ts';
import type { Body, Lab, Reply } from '../lab/lab.ts';

const SPEC = { scaleSet: WEB, change: { image: { version: NEW } } };

function expectProblem({ status, headers, body }: Reply, wanted: number, code: string): void {
  expect({ status, code: body.code }).toEqual({ status: wanted, code });
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(body).toMatchObject({
    type: expect.any(String),
    title: expect.stringMatching(/\w/),
    status: wanted,
    detail: expect.stringMatching(/\w/),
  });
}

/** Nothing was read from the service, written to it, or kept. */
async function untouched(act: (lab: Lab) => Promise<void>): Promise<void> {
  await using lab = await startLab({ count: 3 });
  const calls = lab.store.calls.length;
  await act(lab);
  // Who asks must be known, and that a right start was asked for is counted, whatever becomes of it.
  const others = lab.store.calls
    .slice(calls)
    .filter((call) => call !== 'get switches/policy/state' && !call.includes('tally-'));
  expect(others).toEqual([]);
  expect(lab.log.filter(({ kind }) => kind === 'request')).toEqual([]);
}

describe.each(['/rollouts', '/plans'])('POST %s', (path) => {
  test.each(['', '{', '{"scaleSet": }', 'nonsense'])('refuses %j, which is no JSON', (text) =>
    untouched(async (lab) => {
      expectProblem(await lab.call('POST', path, text), 400, 'malformedJson');
    }),
  );

  test.each<[string, object, readonly string[]]>([
    ['no scale set', { scaleSet: undefined }, ['scaleSet']],
    ['no resource id', { scaleSet: 'web' }, ['scaleSet']],
    ['the id of something else', { scaleSet: WEB.replace('virtualMachineScaleSets', 'disks') }, ['scaleSet']],
    ['an unknown field', { scalset: 1 }, ['scalset']],
    ['an unknown field inside', { strategy: { maxUnavaliable: 1 } }, ['strategy.maxUnavaliable']],
    ['an unknown field of a change', { change: { img: {} } }, ['change.img']],
    ['an unknown field of an image', { change: { image: { version: NEW, id: '/x' } } }, ['change.image.id']],
    ['a version that is none', { change: { image: { version: 'newest' } } }, ['change.image.version']],
    ['a field of later', { strategy: { maxSurge: 1 } }, ['strategy.maxSurge']],
    ['windows, which come later', { windows: [] }, ['windows']],
    ['hooks, which come later', { hooks: [] }, ['hooks']],
    [
      'several at once',
      { soakSeconds: -1, health: { stableSeconds: 'x', foo: 1 } },
      ['health.foo', 'health.stableSeconds', 'soakSeconds'],
    ],
    ['nobody unavailable', { strategy: { maxUnavailable: 0 } }, ['strategy.maxUnavailable']],
    ['nobody unavailable, in percent', { strategy: { maxUnavailable: '0%' } }, ['strategy.maxUnavailable']],
    ['a percentage beyond all', { strategy: { maxUnavailable: '101%' } }, ['strategy.maxUnavailable']],
    ['a fraction', { strategy: { maxUnavailable: 1.5 } }, ['strategy.maxUnavailable']],
    ['a number as text', { soakSeconds: '60' }, ['soakSeconds']],
    ['an unknown choice', { onFailure: 'explode' }, ['onFailure']],
    ['no time at all', { timeoutSeconds: 0 }, ['timeoutSeconds']],
    ['a requester', { requestedBy: 'root' }, ['requestedBy']],
    ['labels that are no texts', { labels: { a: 1 } }, ['labels.a']],
  ])('refuses %s, with its path', (_, fields, paths) =>
    untouched(async (lab) => {
      const reply = await lab.call('POST', path, { ...SPEC, ...fields });
      expectProblem(reply, 400, 'invalidSpec');
      const found = reply.body.errors.map((error: Body) => error.path) as string[];
      expect(found.toSorted()).toEqual(paths);
      expect(reply.body.errors.every(({ message }: Body) => /\w/.test(message))).toBe(true);
    }),
  );

  test.each(['[]', 'null', '7', '"text"'])('refuses %s, which is no object', (text) =>
    untouched(async (lab) => {
      expectProblem(await lab.call('POST', path, text), 400, 'invalidSpec');
    }),
  );

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])('refuses %s', (type) =>
    untouched(async (lab) => {
      const reply = await lab.call('POST', path, JSON.stringify(SPEC), { 'content-type': type });
      expectProblem(reply, 415, 'unsupportedMediaType');
    }),
  );

  it('refuses a body that is too large, and takes one that just is not', () =>
    untouched(async (lab) => {
      const sized = (bytes: number): string => {
        const frame = JSON.stringify({ ...SPEC, foo: '' });
        return JSON.stringify({ ...SPEC, foo: 'x'.repeat(bytes - frame.length) });
      };
      expectProblem(await lab.call('POST', path, sized(65_537)), 413, 'tooLarge');
      expectProblem(await lab.call('POST', path, sized(65_536)), 400, 'invalidSpec');
    }));

  it.each(['hunter2', "'hunter2'", '"hunter2" x', '"hunter2\n"'])(
    'repeats nothing of a password as %j',
    (text) =>
      untouched(async (lab) => {
        const spec = JSON.stringify({ ...SPEC, change: { osProfile: { adminPassword: '@' } } });
        const reply = await lab.call('POST', path, spec.replace('"@"', text));
        expectProblem(reply, 400, 'malformedJson');
        expect(JSON.stringify(reply.body)).not.toMatch(/unter/);
      }),
  );

  it('names every wrong field, however many there are, but sums them up in the detail', () =>
    untouched(async (lab) => {
      const wrong = Array.from({ length: 2000 }, (_, index) => [`wrong${index}`, 1]);
      const reply = await lab.call('POST', path, { ...SPEC, ...Object.fromEntries(wrong) });
      expectProblem(reply, 400, 'invalidSpec');
      expect(reply.body.errors).toHaveLength(2000);
      expect(reply.body.detail.length).toBeLessThan(1000);
      expect(reply.body.detail).toMatch(/wrong0.*1990 more/s);
    }));

  it('takes JSON with a charset', async () => {
    await using lab = await startLab({ count: 3 });
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' };
    expect((await lab.call('POST', path, JSON.stringify(SPEC), headers)).status).toBeLessThan(300);
  });

  it('keeps no secret that could never be shown', () =>
    untouched(async (lab) => {
      const set = { 'virtualMachineProfile.osProfile.adminPassword': 'hunter2' };
      const reply = await lab.call('POST', path, { ...SPEC, change: { set } });
      expectProblem(reply, 422, 'irreversibleChange');
      expect(JSON.stringify(reply.body)).not.toContain('hunter2');
    }));
});

test.each([
  ['GET', '/rollouts/nope', undefined],
  ['GET', '/rollouts/nope/plan', undefined],
  ['GET', '/rollouts/nope/instances', undefined],
  ['GET', '/rollouts/nope/events', undefined],
  ['GET', '/rollouts/no%20such', undefined],
  ['GET', '/rollouts/..%2Fx', undefined],
  ['POST', '/rollouts/nope/pause', {}],
  ['POST', '/rollouts/nope/approve', {}],
])('%s %s is not found', async (method, path, body) => {
  await using lab = await startLab({ count: 3 });
  expectProblem(await lab.call(method, path, body), 404, 'notFound');
});

it('is well', async () => {
  await using lab = await startLab({ count: 3 });
  expect(await lab.call('GET', '/health')).toMatchObject({
    status: 200,
    body: { status: 'ok', version: expect.any(String) },
  });
});
