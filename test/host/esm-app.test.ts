import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventually, type ChildHost } from './support/child-host.ts';
import { hostPair } from './support/host-pair.ts';
import { rawRequest, sendRaw } from './support/raw-http.ts';

const APP = join(import.meta.dirname, 'apps', 'streaming');
const KEYS = { master: 'mmm', host: 'hhh', functions: { secret: 'sss' } };

const hosts = hostPair(APP, KEYS);

const get = async (host: ChildHost, path: string, key?: string): Promise<number> => {
  const headers: Record<string, string> = key === undefined ? {} : { 'x-functions-key': key };
  return (await fetch(host.origin + path, { headers })).status;
};

/** durable-host.md 7, streaming mode. */
describe('an ESM app that asked for HTTP streaming', () => {
  it('answers in pieces, as they come', async () => {
    const response = await fetch(`${hosts.open.origin}/api/count/4?step=one`);
    expect(response.status).toBe(206);
    expect(response.headers.get('x-step')).toBe('one');
    expect(response.headers.get('x-ms-invocation-id')).toBeNull();
    const pieces: string[] = [];
    for await (const piece of response.body ?? []) pieces.push(Buffer.from(piece as Uint8Array).toString());
    expect(pieces.join('')).toBe('1 2 3 4 ');
    expect(pieces.length).toBeGreaterThan(1);
  });

  it('takes a body, and answers 500 with nothing when the handler throws first', async () => {
    const upper = await fetch(`${hosts.open.origin}/api/upper`, { method: 'POST', body: 'straße' });
    expect(await upper.text()).toBe('STRASSE');
    const headers = ['Host: localhost', 'Connection: close', 'Transfer-Encoding: chunked'];
    const chunks = '2\r\nab\r\n1\r\nc\r\n0\r\n\r\n';
    const inChunks = await sendRaw(
      hosts.open.origin,
      rawRequest('POST /api/upper HTTP/1.1', headers, chunks),
    );
    expect(inChunks).toMatchObject({ status: 200, body: 'ABC' });
    const broken = await fetch(`${hosts.open.origin}/api/broken`);
    expect([broken.status, await broken.text()]).toEqual([500, '']);
  });

  it('logs what host.json finds important enough', async () => {
    await fetch(`${hosts.open.origin}/api/hello`);
    await eventually(async () => (hosts.open.stderr().includes('important enough') ? true : undefined));
    expect(hosts.open.stderr()).not.toContain('too unimportant');
  });

  it('fails an activity that takes longer than functionTimeout', async () => {
    const base = `${hosts.open.origin}/runtime/webhooks/durabletask`;
    await fetch(`${base}/orchestrators/impatient/late`, { method: 'POST' });
    const end = await eventually(async () => {
      const status = (await (await fetch(`${base}/instances/late`)).json()) as { output: unknown };
      return status.output === null ? undefined : status.output;
    });
    expect(end).toBe(
      "quick: Activity function 'sleepy' failed: Timeout value of 00:00:01 exceeded by function: sleepy ",
    );
  });
});

/** durable-host.md 7: off unless asked for, as with Core Tools. */
describe('keys', () => {
  it.each([
    ['/api/hello', undefined, 200],
    ['/api/secret', undefined, 401],
    ['/api/secret', 'wrong', 401],
    ['/api/secret', 'sss', 200],
    ['/api/secret', 'hhh', 200],
    ['/api/secret', 'mmm', 200],
    ['/api/secret?code=hhh', undefined, 200],
    ['/api/secret?code=hhh', 'wrong', 401],
    ['/api/root', 'hhh', 401],
    ['/api/root', 'mmm', 200],
    ['/admin/host/status', 'hhh', 403],
    ['/admin/host/status', 'mmm', 200],
    ['/runtime/webhooks/durabletask/instances/', undefined, 401],
    ['/runtime/webhooks/durabletask/instances/', 'mmm', 200],
  ])('%s with %s answers %i where they are enforced', async (path, key, status) => {
    expect(await get(hosts.guarded, path, key)).toBe(status);
  });

  it('are not needed where nobody gave any', async () => {
    expect(await get(hosts.open, '/api/secret')).toBe(200);
    expect(await get(hosts.open, '/api/root')).toBe(200);
    expect(await (await fetch(`${hosts.open.origin}/admin/host/status`)).json()).toEqual({
      state: 'Running',
    });
  });
});
