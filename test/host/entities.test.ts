import { describe, expect, it } from 'vitest';
import { createVirtualHost } from '../../local/host/drivers/virtual.ts';
import type { VirtualHost } from '../../local/host/drivers/virtual-host.ts';
import { constructsApp } from './support/constructs-app.ts';

const START = new Date('2026-03-01T12:00:00Z');
const BASE = 'http://localhost/runtime/webhooks/durabletask';

const call = (host: VirtualHost, method: string, path: string, body?: string): Promise<Response> =>
  host.request(
    new Request(`${BASE}/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body }),
    }),
  );

/** durable-host.md 6. */
describe('locks', () => {
  it.each([1, 2, 3, 4, 5])('keep parallel critical sections apart (seed %i)', async (seed) => {
    await using host = createVirtualHost({ app: await constructsApp(), startAt: START, seed });
    const ids = Array.from({ length: 8 }, (_, index) => `careful-${index}`);
    for (const [index, instanceId] of ids.entries()) {
      // Two entities in both orders: each other's order would be a deadlock if the host did not sort them.
      const keys = index % 2 === 0 ? ['left', 'right'] : ['right', 'left'];
      host.client.start('careful', { instanceId, input: { keys } });
    }
    for (const id of ids) expect((await host.runToEnd(id)).output).toEqual([1, true, false]);
    await host.runUntilIdle();
    const values = ['left', 'right'].map((key) => host.client.entityState({ name: 'counter', key }));
    expect(values).toEqual(['4', '4']);
  });

  it('are given back when the orchestration ends, and others wait until then', async () => {
    await using host = createVirtualHost({ app: await constructsApp(), startAt: START });
    const first = host.client.start('careless', { input: { key: 'k' } });
    const second = host.client.start('careful', { input: { keys: ['k'] } });
    await host.runToEnd(first);
    expect((await host.runToEnd(second)).output).toEqual([1, true, false]);
  });

  it('make the operations of others wait', async () => {
    await using host = createVirtualHost({ app: await constructsApp(), startAt: START });
    const id = host.client.start('careful', { input: { keys: ['k'] } });
    const isLocked = () =>
      JSON.stringify(host.client.status('@counter@k')?.input ?? {}).includes('"lockedBy"');
    await host.runUntil(isLocked);
    host.client.signalEntity({ name: 'counter', key: 'k' }, 'add', '100');
    expect((await host.runToEnd(id)).output).toEqual([1, true, false]);
    await host.runUntilIdle();
    expect(host.client.entityState({ name: 'counter', key: 'k' })).toBe('101');
  });

  it('need schema 4 (golden 4.6)', async () => {
    await using host = createVirtualHost({ app: await constructsApp(), startAt: START, schema: 3 });
    const end = await host.runToEnd(host.client.start('careless', { input: { key: 'k' } }));
    expect(end.output).toMatch(
      /^Orchestrator function 'careless' failed: lock requires .* schema V4 or higher/,
    );
  });
});

/** golden 5.5, beyond what the recorded calls ask. */
describe('the entity API', () => {
  it('signals, reads, lists and deletes', async () => {
    await using host = createVirtualHost({ app: await constructsApp(), startAt: START });
    for (const key of ['one', 'two']) await call(host, 'POST', `entities/Counter/${key}?op=add`, '5');
    await host.runUntilIdle();
    expect(await (await call(host, 'GET', 'entities/counter/one')).json()).toBe(5);
    const listed = await call(host, 'GET', 'entities/counter?fetchState=true');
    expect(await listed.json()).toMatchObject([
      { entityId: { name: 'counter', key: 'one' }, state: 5 },
      { entityId: { name: 'counter', key: 'two' }, state: 5 },
    ]);
    await call(host, 'DELETE', 'entities/counter/one');
    await host.runUntilIdle();
    expect((await call(host, 'GET', 'entities/counter/one')).status).toBe(200);
    await call(host, 'POST', 'entities/counter/one?op=forget');
    await host.runUntilIdle();
    expect((await call(host, 'GET', 'entities/counter/one')).status).toBe(404);
  });

  it('lists by the time of the last operation', async () => {
    await using host = createVirtualHost({ app: await constructsApp(), startAt: START });
    host.client.signalEntity({ name: 'counter', key: 'old' }, 'add', '1');
    await host.advance(3_600_000);
    host.client.signalEntity({ name: 'counter', key: 'new' }, 'add', '1');
    await host.runUntilIdle();
    const listed = await call(host, 'GET', 'entities/?lastOperationTimeFrom=2026-03-01T12:30:00Z');
    expect(await listed.json()).toMatchObject([{ entityId: { key: 'new' } }]);
  });
});
