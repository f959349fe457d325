import { describe, expect, it } from 'vitest';
import { createVirtualHost } from '../../local/host/drivers/virtual.ts';
import type { VirtualHost } from '../../local/host/drivers/virtual-host.ts';
import { EventType } from '../../local/host/durable/wire/event.ts';
import { failingApp } from './support/failing-app.ts';

async function startHost(schema: 3 | 4): Promise<VirtualHost> {
  return createVirtualHost({ app: await failingApp(), startAt: new Date('2026-11-30T04:00:00Z'), schema });
}

async function outputOf(orchestration: string): Promise<unknown> {
  await using host = await startHost(4);
  const end = await host.runToEnd(host.client.start(orchestration, { instanceId: 'one' }));
  expect(end.runtimeStatus).toBe('Failed');
  return end.output;
}

const CRASHED = 'One or more errors occurred. (Result: Failure\nException: false\n\n$OutOfProcData$:';

// Expected texts were seen on the real extension 3.19.0 with the same orchestrations.
describe('what an instance ends with on extension 3.19.0', () => {
  it('keeps the spaces of a message, and puts one before it', async () => {
    expect(await outputOf('fails')).toMatch(
      /^Orchestrator function 'fails' failed: Activity function 'padded' failed:   padded  \n \{/,
    );
  });

  it('fails what throws no Error, with all that the worker answered', async () => {
    expect(await outputOf('throwsText')).toBe(
      `Orchestrator function 'throwsText' failed: ${CRASHED}{"isDone":false,"actions":[[]],"schemaVersion":3}\nStack: )`,
    );
  });

  it('misses the actions of what throws no Error after its first turn', async () => {
    expect(await outputOf('throwsTextLater')).toMatch(
      /^Non-Deterministic workflow detected: .* with sequence ID 0 and name 'pass' .* hasn't \(yet\?\) scheduled this task/,
    );
  });

  it('takes an error after continue-as-new for a crash', async () => {
    expect(await outputOf('throwsAfterNew')).toContain(
      `${CRASHED}{"isDone":true,"actions":[[{"actionType":4,`,
    );
  });

  it('shows the type and message of a structured failure, and tells the parent with a prefix', async () => {
    await using host = await startHost(4);
    const end = await host.runToEnd(host.client.start('letsThrough', { instanceId: 'one' }));
    expect(end.output).toBe('RangeError: quota');
    expect(host.client.status('one-child')).toMatchObject({
      output: 'RangeError: quota',
      parentInstanceId: 'one',
    });
    const failed = host
      .history('one')
      .find((event) => event.EventType === EventType.SubOrchestrationInstanceFailed);
    expect(failed).toMatchObject({
      Reason: "Orchestrator function 'overQuota' failed: RangeError: quota",
      FailureDetails: {
        ErrorType: 'RangeError',
        ErrorMessage: 'quota',
        InnerFailure: null,
        Properties: { code: 42 },
      },
    });
  });

  it('starts what does not exist, and fails it', async () => {
    expect(await outputOf('nowhere')).toMatch(
      /^Orchestrator function 'nowhere' failed: The function 'nowhere' doesn't exist, is disabled, or is not an orchestrator/,
    );
  });

  it('runs an orchestration under the id of an entity', async () => {
    await using host = await startHost(4);
    const end = await host.runToEnd(host.client.start('steps', { instanceId: '@counter@a' }));
    expect(end).toMatchObject({ name: 'steps', instanceId: '@counter@a', runtimeStatus: 'Completed' });
  });
});

describe('what an instance ends with on extension 2.13.7', () => {
  it('has a second space before the message', async () => {
    await using host = await startHost(3);
    const end = await host.runToEnd(host.client.start('fails'));
    expect(end.output).toMatch(/failed: Activity function 'padded' failed:    padded  \n \{/);
  });

  it('lets what throws no Error run for ever', async () => {
    await using host = await startHost(3);
    const id = host.client.start('throwsText');
    await host.advance(86_400_000);
    expect(host.client.status(id)?.runtimeStatus).toBe('Running');
  });

  it('refuses what does not exist', async () => {
    await using host = await startHost(3);
    expect(() => host.client.start('nowhere')).toThrow(
      /doesn't exist, is disabled, or is not an orchestrator/,
    );
  });
});
