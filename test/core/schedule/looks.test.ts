import moment from 'moment-timezone';
import { describe, expect, it } from 'vitest';
import { nextLook } from '../../../src/core/schedule/looks.ts';
import { Schedule } from '../../../src/core/schedule/schedule.ts';

const FROM = Date.parse('2026-01-01T00:00:00Z');
const TO = Date.parse('2027-01-01T00:00:00Z');

/** When a schedule looks in a year in which the app's timer goes every minute. */
function looksOf(schedule: unknown): readonly string[] {
  const read = Schedule.parse(schedule);
  const found: string[] = [];
  for (let at = FROM; ;) {
    const next = nextLook(read, { at });
    if (next === undefined || next >= TO) return found;
    found.push(new Date(next).toISOString());
    at = next;
  }
}

/** The same by another library: each day of the year at a time of that zone. */
function byMoment(zone: string, time: string, isMeant: (day: moment.Moment) => boolean): readonly string[] {
  const found: string[] = [];
  for (const day = moment.utc('2025-12-31'); day.isBefore('2027-01-02'); day.add(1, 'day')) {
    const at = moment.tz(`${day.format('YYYY-MM-DD')}T${time}`, zone);
    if (isMeant(day) && at.valueOf() > FROM && at.valueOf() < TO) found.push(at.toISOString());
  }
  return found;
}

describe('a year of schedules', () => {
  // Feature [Schedules] A year in three zones with changes of the clock looks exactly when another library says (issue 17)
  //   shown by: a year of schedules > looks when another library says: Europe/Berlin
  it.each([
    ['Europe/Berlin', '04:15', '15 4 * * 1-5', (day: moment.Moment) => day.day() > 0 && day.day() < 6],
    ['America/New_York', '09:00', '0 9 * * *', () => true],
    ['Australia/Sydney', '23:45', '45 23 * * 2', (day: moment.Moment) => day.day() === 2],
  ] as const)('looks when another library says: %s', (timeZone, time, cron, isMeant) => {
    const expected = byMoment(timeZone, time, isMeant);
    expect(looksOf({ looks: { cron, timeZone } })).toEqual(expected);
    expect(expected.length).toBeGreaterThan(50);
  });

  it('looks every hour while its window is open, and first when that opens', () => {
    const windows = { timeZone: 'Europe/Berlin', open: [{ cron: '0 22 * * 6', durationMinutes: 150 }] };
    const opens = byMoment('Europe/Berlin', '22:00', (day) => day.day() === 6);
    const expected = opens.flatMap((at) =>
      [0, 1, 2].map((hour) => new Date(Date.parse(at) + hour * 3_600_000).toISOString()),
    );
    expect(looksOf({ windows })).toEqual(expected);
  });
});

describe('a schedule', () => {
  const schedule = Schedule.parse({ looks: { cron: '0 9 * * *' } });

  it('looks once for all that it has missed', () => {
    const due = nextLook(schedule, { at: Date.parse('2026-06-01T09:00:00Z') });
    expect(due).toBe(Date.parse('2026-06-02T09:00:00Z'));
    // Two days later it has looked, and the next time is tomorrow.
    expect(nextLook(schedule, { at: Date.parse('2026-06-04T10:00:00Z') })).toBe(
      Date.parse('2026-06-05T09:00:00Z'),
    );
  });

  it('comes back earlier where something waits for its turn', () => {
    const at = Date.parse('2026-06-01T09:00:00Z');
    expect(nextLook(schedule, { at, again: at + 300_000 })).toBe(at + 300_000);
  });

  it('never looks while it is switched off', () => {
    expect(nextLook(Schedule.parse({ enabled: false }), undefined)).toBeUndefined();
  });
});
