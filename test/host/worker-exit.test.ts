import { expect, it } from 'vitest';
import { createVirtualHost } from '../../local/host/drivers/virtual.ts';
import type { VirtualHost } from '../../local/host/drivers/virtual-host.ts';
import { EventType } from '../../local/host/durable/wire/event.ts';
import type { TaskFailed } from '../../local/host/durable/wire/history.ts';
import { constructsApp } from './support/constructs-app.ts';

const START = new Date('2026-03-01T12:00:00Z');
const EXIT = 'node exited with code 137 (0x89)';
const NON_DETERMINISTIC =
  'Non-Deterministic workflow detected: A previous execution of this orchestration scheduled an activity task ' +
  "with sequence ID 0 and name 'shout' (version ''), but the current replay execution hasn't (yet?) scheduled this " +
  'task. Was a change made to the orchestrator code after this instance had already started running?';

/** A worker that ends the nth time that a function of this name runs in it. */
async function hostWhere(name: string, nth = 1): Promise<VirtualHost> {
  let times = 0;
  return createVirtualHost({
    app: await constructsApp(),
    startAt: START,
    exactTimers: true,
    hooks: {
      inWorker(fn) {
        if (fn.name !== name) return undefined;
        times += 1;
        return times === nth ? 137 : undefined;
      },
    },
  });
}

/** Texts as 3.19.0 wrote them around the words of a host of our own, measured; those of the Functions host are inferred. */
it('a worker that ends in the first turn leaves the instance Failed', async () => {
  await using host = await hostWhere('sequence');
  const end = await host.runToEnd(host.client.start('sequence', { input: {} }));
  expect(end).toMatchObject({
    runtimeStatus: 'Failed',
    output: `Orchestrator function 'sequence' failed: One or more errors occurred. (${EXIT})`,
  });
});

it('a worker that ends in a later turn leaves the instance Failed, at odds with its own history', async () => {
  await using host = await hostWhere('sequence', 2);
  const end = await host.runToEnd(host.client.start('sequence', { input: {} }));
  expect(end).toMatchObject({ runtimeStatus: 'Failed', output: NON_DETERMINISTIC });
});

it('an activity fails at once when its worker ends, and a retry finds the next one', async () => {
  await using host = await hostWhere('slow');
  const id = host.client.start('napping', { input: 1 });
  const { output } = await host.runToEnd(id);
  expect(String(output).split(' \n ')[0]).toBe(
    `Orchestrator function 'napping' failed: Activity function 'slow' failed: ${EXIT}`,
  );
  const failed = host
    .history(id)
    .find((event): event is TaskFailed => event.EventType === EventType.TaskFailed);
  expect(failed?.Reason).toBe(`Activity function 'slow' failed: ${EXIT}`);
  expect(JSON.parse(failed?.Details ?? '')).toMatchObject({ ExitCode: 137, Message: EXIT });
  expect(failed?.FailureDetails).toBeNull();

  await using retrying = await hostWhere('stumble');
  const retried = await retrying.runToEnd(retrying.client.start('retried', { input: { times: 0 } }));
  expect(retried.runtimeStatus).toBe('Completed');
});

it('an operation of an entity runs again two seconds later, once', async () => {
  await using host = await hostWhere('counter');
  const end = await host.runToEnd(host.client.start('counting', { input: {} }));
  expect(end.output).toEqual([5, 8]);
  expect(host.clock.now() - START.getTime()).toBe(2000);
});

it('a request is an empty 500 when its worker ends, and the next one is answered', async () => {
  await using host = await hostWhere('hello');
  const ask = async () => host.request(new Request('http://localhost/v1/hello/ann'));
  const died = await ask();
  expect([died.status, await died.text()]).toEqual([500, '']);
  expect((await ask()).status).toBe(200);
});

it('a timer function whose worker ends does not keep the host from its work', async () => {
  await using host = await hostWhere('heartbeat');
  await host.fireTimer('heartbeat');
  expect((await host.runToEnd(host.client.start('sequence', { input: {} }))).output).toBe('one!!');
});
