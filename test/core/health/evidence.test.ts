import { describe, expect, it, test } from 'vitest';
import { evidenceOf } from '../../../src/core/record/evidence.ts';
import { withFailure, withoutFailure } from '../../../src/core/record/failures.ts';
import { lookAt } from '../../../src/core/health/look.ts';
import type { Expectation } from '../../../src/core/health/look.ts';
import type { ExtensionSign, Instance } from '../../../src/core/instance/instances.ts';
import { after, anInstance, anOperation, aRow, NOW } from '../../lab/builders.ts';
import { NEW } from '../../lab/names.ts';

const WRITE: Expectation = { action: 'upgrade', isLast: true, image: NEW, since: NOW, disruptive: true };
const RERUN: Expectation = { ...WRITE, image: undefined, disruptive: false };

function withExtension(extension: Partial<ExtensionSign>): Instance {
  const young = { state: 'succeeded', at: NOW + 60_000 };
  return anInstance('3', {
    image: NEW,
    provisioning: young,
    agent: young,
    health: { state: 'healthy', at: NOW + 80_000 },
    extensions: [{ name: 'app', state: 'succeeded', ...extension }],
  });
}

describe('an extension', () => {
  const failed = { state: 'failed/1', message: 'command not found' };

  // Feature [Health] A failed extension, in its own words (Health)
  it('that has failed since the write is a failure in its own words', () => {
    expect(lookAt(withExtension({ ...failed, at: NOW + 1 }), WRITE)).toEqual({
      kind: 'failed',
      code: 'extensionFailed',
      message: 'extension app failed with exit code 1: command not found',
    });
  });

  // Feature [Health] An extension that failed before our write is no evidence (Health)
  //   shown by: an extension > that failed before the write is no evidence
  test.each<[string, Partial<ExtensionSign>, Expectation, string]>([
    ['that failed before the write is no evidence', { ...failed, at: NOW - 1 }, RERUN, 'healthy'],
    ['that failed nobody knows when is none on the old disk', failed, RERUN, 'healthy'],
    ['that failed nobody knows when speaks for a new disk', failed, WRITE, 'unhealthy'],
    ['that is still at work is waited for', { state: 'transitioning', at: NOW + 1 }, WRITE, 'settling'],
    ['that was at work long before is not', { state: 'transitioning', at: NOW - 1 }, RERUN, 'healthy'],
    [
      'that only reports the health does not speak twice',
      { ...failed, at: NOW + 1, reportsHealth: true },
      WRITE,
      'healthy',
    ],
  ])('%s', (_, extension, expected, kind) => {
    expect(lookAt(withExtension(extension), expected).kind).toBe(kind);
  });
});

describe('the evidence of a failure', () => {
  const instance = anInstance('3', {
    provisioningState: 'Failed',
    provisioning: { state: 'failed/Boom', at: NOW + 5000, message: 'it went off' },
    agent: { state: 'unavailable', message: 'no report' },
    health: { state: 'unhealthy', at: NOW + 9000, message: 'HTTP 500' },
    extensions: [
      { name: 'monitor', state: 'succeeded' },
      { name: 'app', state: 'failed/1', at: NOW + 8000, message: 'exit 1' },
    ],
  });

  it('holds every status with its words and its time, the write, and the deadline', () => {
    const operation = anOperation({ acceptedAt: after(2), requestId: 'q7', pollUrl: 'https://x/?s=secret' });
    const evidence = evidenceOf(instance, { now: NOW, attempts: 2, operation, healthyBy: NOW + 900_000 });
    expect(evidence).toMatchObject({
      seenAt: after(0),
      provisioning: { state: 'Failed', code: 'failed/Boom', message: 'it went off', at: after(5) },
      power: 'running',
      agent: { state: 'unavailable', message: 'no report' },
      health: { state: 'unhealthy', message: 'HTTP 500', at: after(9) },
      extensions: [
        { name: 'app', state: 'failed/1', message: 'exit 1', at: after(8) },
        { name: 'monitor', state: 'succeeded' },
      ],
      attempts: 2,
      write: { action: 'upgrade', intendedAt: after(0), acceptedAt: after(2), endedAt: after(60) },
      healthyBy: after(900),
    });
    expect(JSON.stringify(evidence)).not.toContain('secret');
  });

  it('is never large, and holds no signature', () => {
    const long = `see https://store.example/a.sh?sv=1&sig=topsecret ${'x'.repeat(100_000)}`;
    const sign = { state: 'failed/1', at: NOW, message: long };
    const loud = anInstance('3', {
      provisioning: sign,
      agent: sign,
      health: sign,
      extensions: Array.from({ length: 50 }, (_, index) => ({ ...sign, name: `e${index}` })),
    });
    const operation = anOperation({ error: { code: 'Boom', message: long } });
    const evidence = evidenceOf(loud, { now: NOW, attempts: 1, operation });
    const row = [1, 2, 3, 4, 5].reduce(
      (before) => withFailure(before, { code: 'Boom', message: long, evidence }),
      aRow('3'),
    );
    expect(JSON.stringify(row).length).toBeLessThan(45_000);
    expect(JSON.stringify(row)).not.toContain('topsecret');
  });

  it('outlives another try', () => {
    const once = withFailure(aRow('3'), { code: 'Boom', message: 'first' });
    const again = withFailure(withoutFailure(once), { code: 'Bang', message: 'second' });
    expect(again).toMatchObject({ failure: { code: 'Bang' }, earlierFailures: [{ code: 'Boom' }] });
    expect(withoutFailure(again).failure).toBeUndefined();
    expect(withoutFailure(again).earlierFailures).toHaveLength(2);
  });
});
