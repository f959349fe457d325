import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONSTRUCTS, type TestHub, type TestStatus } from './support/cases.ts';
import { eventually, spawnHost, type ChildHost } from './support/child-host.ts';
import { CONSTRUCTS_FOLDER } from './support/constructs-app.ts';

let host: ChildHost;

beforeAll(async () => {
  host = await spawnHost(['--app', CONSTRUCTS_FOLDER]);
});
afterAll(() => host[Symbol.asyncDispose]());

const durable = (path: string, init?: RequestInit): Promise<Response> =>
  fetch(`${host.origin}/runtime/webhooks/durabletask/${path}`, init);

const overHttp: TestHub = {
  async start(orchestration, id, input) {
    const body = input === undefined ? undefined : JSON.stringify(input);
    const init = body === undefined ? { method: 'POST' } : { method: 'POST', body };
    const response = await durable(`orchestrators/${orchestration}/${id}`, init);
    expect(response.status).toBe(202);
  },
  async raise(id, event, data) {
    const response = await durable(`instances/${id}/raiseEvent/${event}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(data),
    });
    expect(response.status).toBe(202);
  },
  async operate(id, operation, reason) {
    const response = await durable(`instances/${id}/${operation}?reason=${encodeURIComponent(reason)}`, {
      method: 'POST',
    });
    expect(response.status).toBe(202);
  },
  async status(id) {
    return (await (await durable(`instances/${id}`)).json()) as TestStatus;
  },
  until: (id, looks) =>
    eventually(async () => {
      const status = await overHttp.status(id);
      return looks(status) ? status : undefined;
    }),
};

describe('a foreign app, run by path in a process of its own', () => {
  it.concurrent.each(CONSTRUCTS.map((one, index) => ({ ...one, id: `c${index}` })))(
    '$orchestration ends $status ($id)',
    async ({ orchestration, id, input, during, status, output }) => {
      await overHttp.start(orchestration, id, input);
      await during?.(overHttp, id);
      const end = await overHttp.until(id, ({ runtimeStatus }) =>
        ['Completed', 'Failed', 'Terminated'].includes(runtimeStatus),
      );
      expect(end).toMatchObject({ runtimeStatus: status, output });
    },
  );

  it("starts orchestrations through the library's own client", async () => {
    const response = await fetch(`${host.origin}/v1/begin/greet?id=by-client`, {
      method: 'POST',
      body: JSON.stringify({ name: 'eve' }),
    });
    expect(response.status).toBe(202);
    expect(response.headers.get('location')).toMatch(
      `${host.origin}/runtime/webhooks/durabletask/instances/by-client?`,
    );
    const end = await overHttp.until('by-client', ({ runtimeStatus }) => runtimeStatus === 'Completed');
    expect(end.output).toEqual({ text: 'eve!', parent: null });
  });

  it('fires a timer function on start-up and by hand', async () => {
    const beats = async (atLeast: number) =>
      eventually(async () => {
        const count = (await (await fetch(`${host.origin}/v1/runs/heartbeat`)).json()) as number;
        return count >= atLeast ? count : undefined;
      });
    const before = await beats(1);
    const fired = await fetch(`${host.origin}/admin/functions/heartbeat`, { method: 'POST' });
    expect(fired.status).toBe(202);
    expect(await beats(before + 1)).toBe(before + 1);
  });

  it('writes no key and no management URL to its log', async () => {
    const response = await fetch(`${host.origin}/v1/explode`);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('');
    await eventually(async () => (host.stderr().includes('with a secret') ? true : undefined));
    expect(host.stderr()).not.toMatch(/code=|webhooks/);
  });
});
