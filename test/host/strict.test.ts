import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadApp } from '../../local/host/worker/app/load-app.ts';
import { installFunctionsCore } from '../../local/host/worker/core/install.ts';
import { createVirtualHost } from '../../local/host/drivers/virtual.ts';
import type { VirtualHost } from '../../local/host/drivers/virtual-host.ts';

const START = new Date('2026-03-01T12:00:00Z');
const app = await loadApp(installFunctionsCore(), join(import.meta.dirname, 'apps', 'traps'));

async function rulesOf(orchestration: string, input: unknown = {}): Promise<readonly string[]> {
  await using host: VirtualHost = createVirtualHost({ app, startAt: START });
  host.client.start(orchestration, { input });
  await host.advance(20 * 86_400_000);
  return host.diagnostics.map(({ rule }) => rule);
}

/** Each trap of durable-host.md 10.6, and those that golden 1 adds. */
describe('strict mode', () => {
  it.each([
    ['reusedTask', 'reused-task'],
    ['numericEvent', 'numeric-event'],
    ['mixedCase', 'mixed-case-event'],
    ['openTimer', 'open-task-at-return'],
    ['longWay', 'long-history'],
    ['heavy', 'large-payload'],
    ['deadlined', 'retry-timeout'],
    ['lossy', 'non-json-result'],
    ['unknown', 'unknown-function'],
    ['bareBoolean', 'boolean-input'],
    ['throwsText', 'no-error-thrown'],
    ['cancelled', 'cancelled-timer'],
    ['twoTimers', 'long-timer'],
  ])('reports %s as %s, once', async (orchestration, rule) => {
    expect((await rulesOf(orchestration)).filter((found) => found === rule)).toHaveLength(1);
  });

  it('reports an input that is left out and a text that continues as new', async () => {
    expect(await rulesOf('textAgain', 'start')).toEqual(['string-continue-as-new']);
    await using host = createVirtualHost({ app, startAt: START });
    host.client.start('noInput');
    await host.runUntilIdle();
    expect(host.diagnostics.map(({ rule }) => rule)).toContain('empty-input');
  });

  it('has nothing to say about an orchestration without traps', async () => {
    expect(await rulesOf('harmless')).toEqual([]);
  });

  it('is quiet when it is switched off', async () => {
    await using host = createVirtualHost({ app, startAt: START, strict: false });
    host.client.start('numericEvent', { input: {} });
    await host.runUntilIdle();
    expect(host.diagnostics).toEqual([]);
  });

  it('finds an orchestrator that acts differently when replayed', async () => {
    await using host = createVirtualHost({ app, startAt: START, checkReplay: 'everyTurn' });
    host.client.start('changing', { input: {} });
    await host.runUntilIdle();
    expect(host.diagnostics.map(({ rule }) => rule)).toContain('replay-differs');
  });
});
