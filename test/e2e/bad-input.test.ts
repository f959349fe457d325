import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, type Answer } from './support/app.ts';
import { writes } from './support/judge.ts';
import { eventually } from '../host/support/child-host.ts';
import { rawRequest, sendRaw, type RawAnswer } from '../host/support/raw-http.ts';
import { startKillable, type Killable } from './support/killable.ts';

const UNKNOWN_SET =
  '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rollout/providers/Microsoft.Compute/virtualMachineScaleSets/nowhere';
const MAX_BODY_BYTES = 65_536;
const JSON_TYPE = 'Content-Type: application/json';
const COMMANDS = ['pause', 'resume', 'approve', 'reject', 'rollback', 'abort', 'retry', 'skip'];

let platform: Killable;
let scaleSet: string;
let api: string;

beforeAll(async () => {
  platform = await startKillable({ scaleSet: 'web:2', timeScale: 60, seed: 1 });
  api = `${platform.url}/api`;
  scaleSet = (await platform.service.scaleSet()).id;
}, 120_000);

afterAll(async () => {
  const log = await platform.service.log();
  await platform[Symbol.asyncDispose]();
  // Whatever these tests sent, Azure Resource Manager has only been read.
  expect(writes(log)).toEqual([]);
  expect(log.some(({ kind }) => kind === 'request')).toBe(true);
});

function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer.body, answer.text).toMatchObject({ status, code, title: expect.any(String) });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
}

const post = (path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> =>
  ask(`${api}/${path}`, 'POST', body, headers);

async function expectFieldRefused(text: string, path: string): Promise<void> {
  for (const resource of ['rollouts', 'plans']) {
    const answer = await post(resource, text);
    expectProblem(answer, 400, 'invalidSpec');
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toEqual([path]);
    expect(answer.body.detail).toContain(path);
  }
}

describe('a body that cannot be read', () => {
  it.for(['', '{', '{"scaleSet":', 'scaleSet=web'])('%j is 400 malformedJson', async (text) => {
    expectProblem(await post('rollouts', text, { 'content-type': 'application/json' }), 400, 'malformedJson');
  });

  it.for(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])(
    '%s is 415',
    async (type) => {
      expectProblem(await post('rollouts', '{}', { 'content-type': type }), 415, 'unsupportedMediaType');
    },
  );

  it('more than 64 KB is 413, just so many bytes are not', async () => {
    const frame = JSON.stringify({ scaleSet, reason: '' }).length;
    const exact = JSON.stringify({ scaleSet, reason: 'x'.repeat(MAX_BODY_BYTES - frame) });
    expectProblem(await post('rollouts', exact), 400, 'invalidSpec');
    expectProblem(await post('rollouts', `${exact} `), 413, 'tooLarge');
  });
});

describe('a spec with mistakes is 400 and names the field', () => {
  it.for<readonly [body: unknown, path: string]>([
    [{}, 'scaleSet'],
    [[], '(body)'],
    [null, '(body)'],
    ['web', '(body)'],
    [{ scaleSet: 5 }, 'scaleSet'],
    [{ scaleSet: 'web' }, 'scaleSet'],
  ])('the body %j: %s', async ([body, path]) => {
    await expectFieldRefused(JSON.stringify(body), path);
  });

  it.for<readonly [fields: object, path: string]>([
    [{ colour: 'red' }, 'colour'],
    [{ windows: [] }, 'windows'],
    [{ hooks: {} }, 'hooks'],
    [{ change: { imege: {} } }, 'change.imege'],
    [{ change: { set: [] } }, 'change.set'],
    [{ strategy: { maxUnavailable: 0 } }, 'strategy.maxUnavailable'],
    [{ strategy: { maxUnavailable: '120%' } }, 'strategy.maxUnavailable'],
    [{ strategy: { maxSurge: 1 } }, 'strategy.maxSurge'],
    [{ health: { timeoutSeconds: 'soon' } }, 'health.timeoutSeconds'],
    [{ health: { stableSeconds: -1 } }, 'health.stableSeconds'],
    [{ health: { stableSeconds: 1.5 } }, 'health.stableSeconds'],
    [{ health: { maxUnhealthyInstancePercent: 101 } }, 'health.maxUnhealthyInstancePercent'],
    [{ approvals: { before: 'sometimes' } }, 'approvals.before'],
    [{ approvals: { quorum: 0 } }, 'approvals.quorum'],
    [{ onFailure: 'explode' }, 'onFailure'],
    [{ soakSeconds: null }, 'soakSeconds'],
    [{ timeoutSeconds: 0 }, 'timeoutSeconds'],
    [{ reason: 7 }, 'reason'],
    [{ labels: { pipeline: 1234 } }, 'labels.pipeline'],
    [{ __proto__: null, constructor: 1 }, 'constructor'],
  ])('%j: %s', async ([fields, path]) => {
    await expectFieldRefused(JSON.stringify({ scaleSet, ...fields }), path);
  });

  it('every mistake at once', async () => {
    const answer = await post('rollouts', { scaleSet: 1, onFailure: 'explode', a: 1, b: 2 });
    expect(answer.body.errors.map((error: { path: string }) => error.path).toSorted()).toEqual([
      'a',
      'b',
      'onFailure',
      'scaleSet',
    ]);
  });
});

describe('what does not exist is 404', () => {
  it.for(['', '/plan', '/instances', '/events'])('GET a rollout%s', async (part) => {
    expectProblem(await ask(`${api}/rollouts/no-such-rollout${part}`, 'GET'), 404, 'notFound');
  });

  it.for(COMMANDS)('%s of a rollout', async (command) => {
    // The others are said of the whole rollout.
    const body = ['skip', 'approve', 'reject'].includes(command) ? { batch: 0 } : {};
    expectProblem(await post(`rollouts/no-such-rollout/${command}`, body), 404, 'notFound');
  });

  it.for(['..%2F..%2Fsecret', '%ff', '%zz', "x'%20or%20'1", 'x'.repeat(300)])(
    'an id such as %s',
    async (id) => {
      expect((await ask(`${api}/rollouts/${id}`, 'GET')).status).toBe(404);
    },
  );
});

it('a zero byte in the path is an empty 400 of the host itself', async () => {
  expect(await ask(`${api}/rollouts/%00`, 'GET')).toMatchObject({ status: 400, text: '' });
});

it.for(['/api//rollouts', '//api/rollouts', '/api/rollouts//'])('%s is no path', async (path) => {
  expect((await sendRaw(platform.url, rawRequest(`GET ${path} HTTP/1.1`))).status).toBe(404);
});

describe('whoever leads a name of his own to this machine, or a page of his', () => {
  const postFrom = (headers: readonly string[]) =>
    sendRaw(
      platform.url,
      rawRequest(
        'POST /api/rollouts HTTP/1.1',
        [...headers, 'Connection: close', 'Content-Length: 2', JSON_TYPE],
        '{}',
      ),
    );
  const codeOf = ({ body }: RawAnswer): string => (JSON.parse(body) as { readonly code: string }).code;

  it('gets nothing by that name', async () => {
    const answer = await postFrom(['Host: evil.example']);
    expect([answer.status, codeOf(answer)]).toEqual([403, 'foreignHost']);
    const line = 'GET /api/rollouts HTTP/1.1';
    const read = await sendRaw(
      platform.url,
      rawRequest(line, ['Host: evil.example:7071', 'Connection: close']),
    );
    expect([read.status, codeOf(read)]).toEqual([403, 'foreignHost']);
  });

  it('changes nothing from that page', async () => {
    const answer = await postFrom(['Host: localhost', 'Origin: http://evil.example']);
    expect([answer.status, codeOf(answer)]).toEqual([403, 'foreignOrigin']);
    expect(codeOf(await postFrom(['Host: localhost', 'Origin: http://localhost']))).toBe('invalidSpec');
    expect(codeOf(await postFrom(['Host: localhost']))).toBe('invalidSpec');
  });
});

it('answers HTTP/1.0, and asks for a body that waits to be asked for', async () => {
  const health = await sendRaw(platform.url, 'GET /api/health HTTP/1.0\r\n\r\n');
  expect([health.status, JSON.parse(health.body)]).toMatchObject([200, { status: 'ok' }]);
  const headers = [
    'Host: localhost',
    'Connection: close',
    'Content-Length: 2',
    JSON_TYPE,
    'Expect: 100-continue',
  ];
  const asked = await sendRaw(platform.url, rawRequest('POST /api/plans HTTP/1.1', headers, '{}'));
  expect([asked.status, JSON.parse(asked.body)]).toMatchObject([400, { code: 'invalidSpec' }]);
});

describe('a body in chunks', () => {
  const inChunks = async (path: string, text: string): Promise<RawAnswer> => {
    const headers = ['Host: localhost', 'Connection: close', JSON_TYPE, 'Transfer-Encoding: chunked'];
    const chunk = `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n0\r\n\r\n`;
    return sendRaw(platform.url, rawRequest(`POST /api/${path} HTTP/1.1`, headers, chunk));
  };

  it.for(['rollouts', 'plans'])('does not reach %s, which says so, however long it is', async (path) => {
    for (const reason of ['short', 'x'.repeat(2 * MAX_BODY_BYTES)]) {
      const answer = await inChunks(path, JSON.stringify({ scaleSet, reason }));
      expect([answer.status, JSON.parse(answer.body)]).toMatchObject([411, { code: 'lengthRequired' }]);
    }
  });

  it('of another client neither', async () => {
    const body = new Blob([JSON.stringify({ scaleSet })]).stream();
    const answer = await fetch(`${api}/rollouts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      duplex: 'half',
    });
    expect([answer.status, await answer.json()]).toMatchObject([411, { code: 'lengthRequired' }]);
  });
});

it.for([
  ['phase=waiting&phase=paused', 'phase'],
  ['top=1&Top=2', 'Top'],
  ['scaleSet=web', 'scaleSet'],
  ['top=0', 'top'],
  ['top=many', 'top'],
  ['colour=red', 'colour'],
])('the query %s is 400 and names %s', async ([query, path]) => {
  const answer = await ask(`${api}/rollouts?${query}`, 'GET');
  expectProblem(answer, 400, 'invalidQuery');
  expect(answer.body.errors).toMatchObject([{ path }]);
});

describe('what Azure does not know is refused', () => {
  it.for([
    [{ scaleSet: UNKNOWN_SET }, 'scaleSetNotFound'],
    [{ change: { image: { version: '1.2.3' } } }, 'imageNotFound'],
    [
      { change: { set: { 'virtualMachineProfile.extensionProfile.extensions[7].forceUpdateTag': '1' } } },
      'pathNotFound',
    ],
  ] as const)('%j is %s', async ([given, code]) => {
    const spec = { scaleSet, ...given };
    const planned = await post('plans', spec);
    expectProblem(planned, 422, code);
    expect(planned.body.remedy).toEqual(expect.any(String));
    const started = await post('rollouts', spec);
    expect(started.status).toBe(202);
    const ended = await untilEnded(started.body.id);
    expect(ended).toMatchObject({ phase: 'refused', failure: { code } });
  });
});

describe('beside a rollout that waits for an approval', () => {
  const held = {
    change: { image: { version: 'latest' } },
    approvals: { before: 'rollout', allowRequester: false },
  };
  let id: string;

  beforeAll(async () => {
    const answer = await post('rollouts', { scaleSet, ...held }, { 'idempotency-key': 'held' });
    expect(answer.status, answer.text).toBe(202);
    expect(answer.headers.get('location')).toBe(`/api/rollouts/${answer.body.id}`);
    id = answer.body.id;
    await eventually(async () => ((await look(id)).phase === 'waiting' ? true : undefined), 30_000);
  });

  afterAll(async () => {
    await post(`rollouts/${id}/abort`);
    expect(await untilEnded(id)).toMatchObject({ phase: 'cancelled' });
    expectProblem(await post(`rollouts/${id}/pause`), 409, 'wrongPhase');
  });

  it('a second one on the same scale set, however it is spelt, is 409 and names the holder', async () => {
    for (const spelt of [scaleSet, scaleSet.toLowerCase(), scaleSet.toUpperCase()]) {
      const answer = await post('rollouts', { scaleSet: spelt });
      expectProblem(answer, 409, 'scaleSetBusy');
      expect(answer.body).toMatchObject({ rolloutId: id, remedy: expect.stringContaining(id) });
    }
  });

  it('the same key with the same spec is the same rollout, also with its fields in another order', async () => {
    const again = await post('rollouts', { ...held, scaleSet }, { 'idempotency-key': 'held' });
    expect(again).toMatchObject({ status: 202, body: { id } });
  });

  it('the same key with another spec is 422', async () => {
    const answer = await post(
      'rollouts',
      { scaleSet, ...held, reason: 'else' },
      { 'idempotency-key': 'held' },
    );
    expectProblem(answer, 422, 'idempotencyKeyReused');
  });

  it('an approval by the requester is 403 where the spec says so', async () => {
    expectProblem(await post(`rollouts/${id}/approve`, { batch: 0 }), 403, 'ownApproval');
    expect(await look(id)).toMatchObject({ phase: 'waiting', waitingFor: { kind: 'approval' } });
  });

  it('an approval of another batch that comes in chunks approves nothing', async () => {
    const headers = ['Host: localhost', 'Connection: close', JSON_TYPE, 'Transfer-Encoding: chunked'];
    const line = `POST /api/rollouts/${id}/approve HTTP/1.1`;
    const answer = await sendRaw(platform.url, rawRequest(line, headers, 'c\r\n{"batch": 7}\r\n0\r\n\r\n'));
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([411, { code: 'lengthRequired' }]);
    expect(await look(id)).toMatchObject({ phase: 'waiting', waitingFor: { kind: 'approval' } });
    const events = await ask(`${api}/rollouts/${id}/events`, 'GET');
    expect(events.body.value.map(({ kind }: { kind: string }) => kind)).not.toContain('approve');
  });

  it('a batch named in the query is refused, not passed over', async () => {
    expectProblem(await post(`rollouts/${id}/approve?batch=7`), 400, 'invalidQuery');
    expect(await look(id)).toMatchObject({ phase: 'waiting', waitingFor: { kind: 'approval' } });
  });

  it('a key stands for one command', async () => {
    const key = { 'idempotency-key': 'one-pause' };
    const pause = (reason: string) => post(`rollouts/${id}/pause`, { reason }, key);
    expect(await pause('once')).toMatchObject({ status: 202, body: { phase: 'paused' } });
    expect(await post(`rollouts/${id}/resume`)).toMatchObject({ status: 202, body: { phase: 'waiting' } });
    expect(await pause('once')).toMatchObject({ status: 202, body: { phase: 'waiting' } });
    expectProblem(await pause('twice'), 422, 'idempotencyKeyReused');
  });

  it('a key that no header should have is 400', async () => {
    expectProblem(await post('rollouts', { scaleSet }, { 'idempotency-key': 'a b' }), 400, 'invalidQuery');
  });

  it.for([
    ['resume', {}],
    ['retry', {}],
    ['approve', { batch: 1 }],
    ['reject', { batch: 1 }],
  ] as const)('%s with %j is 409', async ([command, body]) => {
    expectProblem(await post(`rollouts/${id}/${command}`, body), 409, 'wrongPhase');
    expect(await look(id)).toMatchObject({ phase: 'waiting', waitingFor: { kind: 'approval' } });
  });

  it.for([
    ['pause', { colour: 'red' }, 'colour'],
    ['approve', { batch: 'first' }, 'batch'],
    ['approve', { by: 'somebody else' }, 'by'],
    ['skip', {}, 'batch'],
    ['skip', { instances: [] }, 'instances'],
  ] as const)('%s with %j is 400 and names %s', async ([command, body, path]) => {
    const answer = await post(`rollouts/${id}/${command}`, body);
    expectProblem(answer, 400, 'invalidSpec');
    expect(answer.body.errors).toMatchObject([{ path }]);
  });
});

async function look(id: string): Promise<Answer['body']> {
  return (await ask(`${api}/rollouts/${id}`, 'GET')).body;
}

async function untilEnded(id: string): Promise<Answer['body']> {
  return eventually(async () => {
    const rollout = await look(id);
    return rollout.endedAt === null ? undefined : rollout;
  }, 30_000);
}
