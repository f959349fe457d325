import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import moment from 'moment-timezone';
import { expect, it } from 'vitest';

const HOSTS = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia'];
const YEAR = join(import.meta.dirname, 'apps/year.ts');

/** What a process in this zone finds in a year. */
async function yearIn(TZ: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [YEAR], { env: { ...process.env, TZ } });
  return stdout.split('\n');
}

/** When a local time comes in each day of the year, by a library with time zones of its own: the first of two; after a gap. */
function daily(zone: string, time: string): readonly string[] {
  const found: string[] = [];
  for (const day = moment.utc('2025-12-31'); day.isBefore('2027-01-02'); day.add(1, 'day')) {
    const local = `${day.format('YYYY-MM-DD')}T${time}`;
    const at = moment.tz(local, zone);
    const skips = at.format('YYYY-MM-DDTHH:mm') !== local;
    const moved = moment.tz.zone(zone)?.untils.findLast((until) => until <= at.valueOf()) ?? 0;
    const iso = skips ? new Date(moved).toISOString() : at.toISOString();
    if (iso > '2026-01-01T00:00:00.000Z' && iso < '2027-01-01') found.push(iso);
  }
  return found;
}

// Feature [Windows] Schedules and windows of three zones come at the same moments whatever zone the host runs in (issue 17)
it('are the same in whatever zone the host runs', async () => {
  const years = await Promise.all(HOSTS.map((zone) => yearIn(zone)));
  const [first = [], ...others] = years;
  for (const other of others) expect(other).toEqual(first);
  for (const [zone, time] of [
    ['Europe/Berlin', '02:30'],
    ['America/New_York', '01:30'],
    ['Australia/Lord_Howe', '22:00'],
  ] as const) {
    const expected = daily(zone, time);
    expect(expected).toHaveLength(365);
    const of = (word: string) =>
      first.flatMap((line) => (line.startsWith(`${zone} ${word} `) ? [line.split(' ')[2]] : []));
    expect(of('looks')).toEqual(expected);
    const isOff = (iso: string): boolean => moment.tz(iso, zone).format('YYYY-MM-DD') === '2026-07-01';
    expect(of('opens')).toEqual(expected.filter((iso) => !isOff(iso)));
  }
});
