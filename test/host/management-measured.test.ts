import { describe, expect, it } from 'vitest';
import { createVirtualHost } from '../../local/host/drivers/virtual.ts';
import type { VirtualHost } from '../../local/host/drivers/virtual-host.ts';
import { activityFailure } from '../../local/host/durable/wire/failure.ts';
import { rewritten } from '../../local/host/http/management/newtonsoft.ts';
import { constructsApp } from './support/constructs-app.ts';

// What the extension 3.19.0 answered to the same calls, run side by side (30 Nov 2026), and no recording has.

async function openHost(): Promise<VirtualHost> {
  return createVirtualHost({ app: await constructsApp(), startAt: new Date('2026-03-01T12:00:00Z') });
}

async function ask(
  host: VirtualHost,
  method: string,
  path: string,
  body?: string,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await host.request(
    new Request(`http://localhost/runtime/webhooks/durabletask/${path}`, {
      method,
      ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
    }),
  );
  await host.runUntilIdle();
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

/** Two that ended, one that failed and one that waits, by their ids. */
async function withInstances(): Promise<VirtualHost> {
  const host = await openHost();
  for (const id of ['s1', 's2'])
    await host.runToEnd(host.client.start('sequence', { instanceId: id, input: 7 }));
  await host.runToEnd(host.client.start('broken', { instanceId: 's3', input: 7 }));
  host.client.start('approval', { instanceId: 's4', input: 7 });
  await host.runUntilIdle();
  return host;
}

const idsOf = (body: unknown): unknown =>
  (body as { instanceId: string }[]).map(({ instanceId }) => instanceId);

describe('a listing', () => {
  it.each([
    ['runtimeStatus=Failed', ['s3']],
    ['RUNTIMESTATUS=failed,%20running', ['s3', 's4']],
    ['runtimeStatus=1', ['s1', 's2']],
    ['runtimeStatus=Canceled', []],
    ['runtimeStatus=ContinuedAsNew', []],
    ['runtimeStatus=Nope', ['s1', 's2', 's3', 's4']],
    ['instanceidprefix=s1', ['s1']],
    ['top=abc', ['s1', 's2', 's3', 's4']],
    ['createdTimeFrom=nonsense', ['s1', 's2', 's3', 's4']],
  ])('by %s', async (query, ids) => {
    await using host = await withInstances();
    expect(idsOf((await ask(host, 'GET', `instances?${query}`)).body)).toEqual(ids);
  });

  it('hides the inputs when it is told to', async () => {
    await using host = await withInstances();
    const { body } = await ask(host, 'GET', 'instances?SHOWINPUT=false');
    expect((body as { input: unknown }[]).map(({ input }) => input)).toEqual([null, null, null, null]);
  });

  it('refuses a negative page as the storage does', async () => {
    await using host = await withInstances();
    expect(await ask(host, 'GET', 'instances?top=-1')).toMatchObject({
      status: 500,
      body: {
        ExceptionMessage: 'An error occurred while communicating with Azure Storage',
        ExceptionType: 'DurableTask.AzureStorage.Storage.DurableTaskStorageException',
      },
    });
  });
});

describe('an entity', () => {
  const signal = (host: VirtualHost, key: string, op: string, input?: string) =>
    ask(host, 'POST', `entities/counter/${key}?op=${op}`, input);

  it('that has no state is none, but is listed where states are not asked for', async () => {
    await using host = await openHost();
    await signal(host, 'a', 'get');
    await signal(host, 'b', 'add', '3');
    expect((await ask(host, 'GET', 'entities/counter/a')).status).toBe(404);
    const keys = async (query: string) =>
      ((await ask(host, 'GET', `entities/counter${query}`)).body as { entityId: { key: string } }[]).map(
        ({ entityId }) => entityId.key,
      );
    expect(await keys('')).toEqual(['a', 'b']);
    expect(await keys('?fetchState=true')).toEqual(['b']);
    // The first page has nothing to show.
    expect(await keys('?fetchState=true&top=1')).toEqual(['b']);
  });

  it('can be purged although it runs', async () => {
    await using host = await openHost();
    await signal(host, 'a', 'add', '3');
    expect(await ask(host, 'DELETE', 'instances/@counter@a')).toEqual({
      status: 200,
      body: { instancesDeleted: 1 },
    });
    expect((await ask(host, 'GET', 'entities/counter/a')).status).toBe(404);
  });

  it('that is terminated keeps its state and runs no more', async () => {
    await using host = await openHost();
    await signal(host, 'a', 'add', '3');
    expect((await ask(host, 'POST', 'instances/@counter@a/terminate?reason=bye')).status).toBe(202);
    expect((await signal(host, 'a', 'add', '4')).status).toBe(202);
    expect(await ask(host, 'GET', 'entities/counter/a')).toEqual({ status: 200, body: 3 });
    const { body } = await ask(host, 'GET', 'instances/@counter@a?showHistory=true');
    expect(body).toMatchObject({
      runtimeStatus: 'Terminated',
      output: 'bye',
      historyEvents: [
        { EventType: 'ExecutionStarted', Generation: null },
        { EventType: 'ExecutionTerminated', Input: 'bye' },
        { EventType: 'ExecutionCompleted', OrchestrationStatus: 'Terminated' },
      ],
    });
  });

  it('that is suspended runs what it was asked for when it is resumed', async () => {
    await using host = await openHost();
    await signal(host, 'a', 'add', '3');
    await ask(host, 'POST', 'instances/@counter@a/suspend?reason=hold');
    await signal(host, 'a', 'add', '4');
    const held = (await ask(host, 'GET', 'instances/@counter@a')).body;
    expect(held).toMatchObject({ runtimeStatus: 'Suspended', output: 'hold' });
    expect((await ask(host, 'GET', 'entities/counter/a')).body).toBe(3);
    await ask(host, 'POST', 'instances/@counter@a/resume?reason=go');
    expect((await ask(host, 'GET', 'entities/counter/a')).body).toBe(7);
  });
});

describe('a body', () => {
  // Input of the event as the history shows it.
  it.each([
    ['1.0', '1.0'],
    ['1e3', '1000.0'],
    ['-0.0', '-0.0'],
    ['-0', '0'],
    ['1e21', '1E+21'],
    ['0.1e-7', '1E-08'],
    ['12345678901234567890', '12345678901234567890'],
    ['1E400', '"Infinity"'],
    ['[1.0, 2]', '[1.0,2]'],
    ['{"a":1.0,"b":[1e2]}', '{"a":1.0,"b":[100.0]}'],
    ['{"a":1,"a":2}', '{"a":2}'],
    ['[1,]', '[1]'],
    ["{'a':1}", '{"a":1}'],
    ['{a:1}', '{"a":1}'],
    ['NaN', '"NaN"'],
    ['"\\u00fc"', '"ü"'],
    [' 5 ', '5'],
  ])('%s of an event is taken and kept as %s', async (body, input) => {
    await using host = await openHost();
    const id = host.client.start('inOrder', { input: {} });
    await host.runUntilIdle();
    expect((await ask(host, 'POST', `instances/${id}/raiseEvent/item`, body)).status).toBe(202);
    expect(host.history(id)).toContainEqual(expect.objectContaining({ Name: 'item', Input: input }));
  });

  it.each([
    ['', "Error reading JToken from JsonReader. Path '', line 0, position 0."],
    ['hello', "Unexpected character encountered while parsing value: h. Path '', line 0, position 0."],
  ])('%j is refused in the words of the parser', (body, words) => {
    expect(() => rewritten(body)).toThrow(words);
  });
});

it('a start that waits for less than it sleeps is refused, and runs', async () => {
  await using host = await openHost();
  const refused = await ask(host, 'POST', 'orchestrators/sequence/w?timeout=1&pollingInterval=5', '{}');
  expect(refused).toEqual({
    status: 400,
    body: { Message: 'Total timeout 1 should be bigger than retry timeout 5' },
  });
  expect((await ask(host, 'GET', 'instances/w')).body).toMatchObject({ runtimeStatus: 'Completed' });
});

it('the text of an error may look like a label', () => {
  const error = { message: 'a\nStack: b', stack: 'Error: a\nStack: b\n    at throws' };
  expect(activityFailure('throws', error, 4).Reason).toBe("Activity function 'throws' failed: a\nStack: b");
});

it('the fields of an entry of the history stand as they stood', async () => {
  await using host = await openHost();
  const id = host.client.start('family', { input: {} });
  await host.runToEnd(id);
  const { body } = await ask(host, 'GET', `instances/${id}?showHistory=true&showHistoryOutput=true`);
  const child = (body as { historyEvents: { EventType: string }[] }).historyEvents.find(
    ({ EventType }) => EventType === 'SubOrchestrationInstanceCompleted',
  );
  expect(Object.keys(child ?? {})).toEqual([
    'EventType',
    'Result',
    'Timestamp',
    'ScheduledTime',
    'FunctionName',
    'InstanceId',
    'Input',
  ]);
});
