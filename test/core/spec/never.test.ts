import { describe, expect, it } from 'vitest';
import { neverIn } from '../../../src/core/spec/never.ts';
import { Windows } from '../../../src/core/window/windows.ts';

const NOW = Date.parse('2026-11-21T08:00:00Z');
const daily = (more: object = {}) => ({
  startDateTime: '2026-01-05 09:00',
  duration: '08:00',
  recurEvery: 'Day',
  ...more,
});
const windows = (open: readonly object[], closedOn: readonly string[] = []) =>
  Windows.parse({ open, ...(closedOn.length > 0 && { closedOn }) });

const NEVER: readonly (readonly [string, Windows])[] = [
  ['its last day is over', windows([daily({ expirationDateTime: '2026-02-01 09:00' })])],
  ['it has no length', windows([daily({ duration: '00:00' })])],
  [
    'every day that is left is closed',
    windows([daily({ expirationDateTime: '2026-11-23 09:00' })], ['2026-11-21/2026-11-23']),
  ],
  [
    'its first day is after its last',
    windows([daily({ startDateTime: '2027-01-05 09:00', expirationDateTime: '2026-12-01 09:00' })]),
  ],
];

describe('what would be waited for without end', () => {
  it.each(NEVER)('is a window of which %s', (_, given) => {
    expect(neverIn({ windows: given }, NOW)).toEqual([
      { path: 'windows', message: expect.stringMatching(/never opens/) },
    ]);
  });

  it.each(NEVER)('are hours on duty of which %s', (_, onDuty) => {
    expect(neverIn({ approvals: { onDuty, timeoutSeconds: 60 } }, NOW)).toEqual([
      { path: 'approvals.onDuty', message: expect.stringMatching(/nobody is on duty/) },
    ]);
  });

  it('are hours that end before an approval would run out', () => {
    const onDuty = windows([daily({ expirationDateTime: '2026-11-22 09:00' })]);
    const asked = (timeoutSeconds: number) => neverIn({ approvals: { onDuty, timeoutSeconds } }, NOW);
    // Eight hours today, eight tomorrow.
    expect(asked(57_600)).toEqual([]);
    expect(asked(57_601)).toEqual([
      { path: 'approvals.onDuty', message: expect.stringMatching(/57601 seconds/) },
    ]);
  });

  it('is a window that closes for good before the rollout may start', () => {
    const given = windows([daily({ expirationDateTime: '2026-12-01 09:00' })]);
    expect(neverIn({ windows: given }, NOW)).toEqual([]);
    expect(neverIn({ windows: given, startAt: '2026-12-05T00:00:00Z' }, NOW)).toHaveLength(1);
  });

  it('is nothing that comes again, however late, or that is open now', () => {
    const rare = windows([{ cron: '0 9 29 2 *', durationMinutes: 60 }]);
    const last = windows([
      daily({ startDateTime: '2026-01-05 07:00', expirationDateTime: '2026-11-21 09:00' }),
    ]);
    for (const given of [rare, last]) expect(neverIn({ windows: given }, NOW)).toEqual([]);
  });

  it('is found out, too, of the shortest hours with the longest timeout', () => {
    const closedOn = Array.from({ length: 200 }, (_, day) => `20${30 + (day % 60)}-01-01`);
    const onDuty = windows([{ cron: '0 9 * * *', durationMinutes: 5 }], closedOn);
    expect(neverIn({ approvals: { onDuty, timeoutSeconds: 2_592_000 } }, NOW)).toEqual([]);
  });
});
