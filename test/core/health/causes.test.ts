import { describe, expect, it } from 'vitest';
import { causesOf, failureOf } from '../../../src/core/health/causes.ts';
import type { LedgerRow } from '../../../src/core/record/ledger.ts';
import { aRow } from '../../lab/builders.ts';

function failed(id: string, code: string, message: string): LedgerRow {
  return aRow(id, { state: 'failed', failure: { code, message } });
}

const APP = 'extension app failed with exit code 1';

describe('failures are grouped by their cause', () => {
  it('the commonest first, each with its instances', () => {
    const rows = [
      failed('7', 'unhealthyTimeout', 'the guest agent is not ready'),
      failed('5', 'extensionFailed', APP),
      failed('0', 'extensionFailed', APP),
      failed('2', 'extensionFailed', APP),
    ];
    expect(causesOf(rows)).toEqual([
      { code: 'extensionFailed', message: APP, instances: ['0', '2', '5'] },
      { code: 'unhealthyTimeout', message: 'the guest agent is not ready', instances: ['7'] },
    ]);
    expect(failureOf(rows, { remedy: 'repair them' })).toMatchObject({
      code: 'extensionFailed',
      message: `3 instances: ${APP} (0, 2, 5); 1 instance: the guest agent is not ready (7)`,
      remedy: 'repair them',
    });
  });

  it('whatever names, times and ids the words carry', () => {
    const at = (name: string, time: string, id: string) =>
      `VM '${name}' failed at ${time}, correlation ${id}`;
    const rows = [
      failed('3', 'Boom', at('web_3', '2026-11-21T08:00:00Z', '11111111-2222-3333-4444-555555555555')),
      failed('4', 'Boom', at('web_4', '2026-11-21T08:00:09Z', '11111111-2222-3333-4444-666666666666')),
    ];
    expect(causesOf(rows).map(({ instances }) => instances)).toEqual([['3', '4']]);
  });

  it('but not when another thing went wrong', () => {
    const rows = [failed('3', 'extensionFailed', APP), failed('4', 'extensionFailed', `${APP}23`)];
    expect(causesOf(rows)).toHaveLength(2);
  });

  it('in few words, however many there are', () => {
    const rows = Array.from({ length: 1000 }, (_, index) =>
      failed(String(index), `Boom${index % 40}`, 'x'.repeat(5000)),
    );
    const failure = failureOf(rows, { remedy: '' });
    expect(JSON.stringify(failure).length).toBeLessThan(30_000);
    expect(failure.instances).toHaveLength(1000);
    expect(failure.message).toContain('800 more for other reasons');
  });
});

it('says it of a single instance without brackets', () => {
  expect(failureOf([failed('3', 'Boom', 'it went off')], { remedy: '' }).message).toBe(
    'instance 3: it went off',
  );
});
