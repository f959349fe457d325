import { describe, expect, it } from 'vitest';
import { createVirtualHost } from '../../local/host/drivers/virtual.ts';
import { runsVersion } from '../../local/host/durable/wire/versions.ts';
import { failingApp } from './support/failing-app.ts';

// All of it was seen on the real extension 3.19.0 with `"defaultVersion": "1.0"` and without one.
describe('the version that an orchestration was started with', () => {
  it.each([
    ['1.0', '0.9', true],
    ['1.0', '1', true],
    ['1.0', '1.0', true],
    ['1.0', '1.0.0', false],
    ['1.0', '1.1', false],
    ['1.0', '2.0', false],
    ['1.0', 'abc', false],
    [null, null, true],
    [null, '0.9', false],
    [null, '1', false],
    [null, 'abc', false],
  ])('an app of version %s with one of %s: runs %s', (defaultVersion, started, runs) => {
    expect(runsVersion(started, { defaultVersion, versionMatch: 'CurrentOrOlder' })).toBe(runs);
  });

  it('leaves a newer one Pending, shows it, and says so', async () => {
    const app = await failingApp();
    await using host = createVirtualHost({ app, startAt: new Date('2026-11-30T04:00:00Z') });
    const id = host.client.startWithJson('steps', { input: null, version: '2.0' });
    await host.advance(3_600_000);
    expect(host.client.status(id)).toMatchObject({ runtimeStatus: 'Pending', version: '2.0' });
    expect(host.diagnostics.map(({ rule }) => rule)).toContain('other-version');
  });

  it('reaches the orchestrator; by default it is that of host.json', async () => {
    const loaded = await failingApp();
    const app = { ...loaded, host: { ...loaded.host, defaultVersion: '1.0' } };
    await using host = createVirtualHost({ app, startAt: new Date('2026-11-30T04:00:00Z') });
    const older = host.client.startWithJson('steps', { input: null, version: '0.9' });
    expect((await host.runToEnd(older)).output).toBe('0.9');
    expect((await host.runToEnd(host.client.start('steps'))).output).toBe('1.0');
  });
});
