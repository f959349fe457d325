import moment from 'moment-timezone';
import { describe, expect, it } from 'vitest';
import { Windows, windowAt } from '../../../src/core/window/windows.ts';
import { WINDOWS_ZONES, zoneOf } from '../../../src/core/window/windows-zones.ts';

const iso = (at: number | undefined): string | undefined =>
  at === undefined ? undefined : new Date(at).toISOString();

/** Every opening between two moments, as the app finds them one after the other. */
function openings(windows: unknown, from: string, to: string): readonly string[] {
  const read = Windows.parse(windows);
  const found: string[] = [];
  for (let at = Date.parse(from) - 1; ;) {
    const state = windowAt(read, at);
    const opens = state.kind === 'open' ? state.until : state.opens;
    if (opens === undefined || opens >= Date.parse(to)) return found;
    if (state.kind === 'closed') found.push(new Date(opens).toISOString());
    at = opens;
  }
}

/** A time that the clock skips is when it is moved; of one that comes twice the first is taken. */
function instantOf(local: string, zone: string): string {
  const at = moment.tz(local, zone);
  if (at.format('YYYY-MM-DDTHH:mm') === local) return at.toISOString();
  const moved = moment.tz.zone(zone)?.untils.findLast((until) => until <= at.valueOf()) ?? 0;
  return new Date(moved).toISOString();
}

/**
 * The same by another library with time zones of its own: one local day after the other.
 */
function byMoment(zone: string, time: string, days: (day: moment.Moment) => boolean): readonly string[] {
  const found: string[] = [];
  for (const day = moment.utc('2025-12-30'); day.isBefore('2027-01-03'); day.add(1, 'day')) {
    if (!days(day)) continue;
    const at = instantOf(`${day.format('YYYY-MM-DD')}T${time}`, zone);
    if (at >= '2026-01-01T00:00:00.000Z' && at < '2027-01-01T00:00:00.000Z') found.push(at);
  }
  return found;
}

const weekday = (number: number) => (day: moment.Moment) => day.day() === number;

describe('a year of windows', () => {
  // Feature [Windows] A year in five zones with changes of the clock opens when another library says, in whatever zone the host runs (L65)
  //   shown by: a year of windows > opens when another library says: Europe/Berlin 22:00 every day
  it.each<[zone: string, time: string, named: string, cron: string, days: (day: moment.Moment) => boolean]>([
    ['Europe/Berlin', '22:00', 'every day', '0 22 * * *', () => true],
    ['Europe/Berlin', '02:30', 'on Sundays, when the clock changes', '30 2 * * 0', weekday(0)],
    ['America/New_York', '01:30', 'on Sundays, when the clock changes', '30 1 * * 0', weekday(0)],
    ['America/New_York', '23:15', 'on Fridays', '15 23 * * 5', weekday(5)],
    ['Australia/Lord_Howe', '03:00', 'every day', '0 3 * * *', () => true],
    ['Asia/Kolkata', '04:30', 'on Saturdays', '30 4 * * 6', weekday(6)],
    ['Pacific/Auckland', '12:00', 'on the first', '0 12 1 * *', (day) => day.date() === 1],
  ])('opens when another library says: %s %s %s', (zone, time, _, cron, days) => {
    const expected = byMoment(zone, time, days);
    const windows = { timeZone: zone, open: [{ cron, durationMinutes: 45 }] };
    expect(openings(windows, '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')).toEqual(expected);
    expect(expected.length).toBeGreaterThan(11);
  });

  it.each<[recurEvery: string, days: (day: moment.Moment) => boolean]>([
    ['Day', () => true],
    ['3Days', (day) => day.diff(moment.utc('2026-01-03'), 'days') % 3 === 0 && !day.isBefore('2026-01-03')],
    ['Week', weekday(6)],
    ['Week Saturday,Sunday', (day) => [0, 6].includes(day.day()) && !day.isBefore('2026-01-03')],
    ['2Weeks Saturday', (day) => day.day() === 6 && day.diff(moment.utc('2026-01-03'), 'days') % 14 === 0],
    ['Month Third Sunday', (day) => day.day() === 0 && day.date() > 14 && day.date() <= 21],
    ['Month Last Friday', (day) => day.day() === 5 && day.clone().add(7, 'days').month() !== day.month()],
    ['2Months day23,day24', (day) => [23, 24].includes(day.date()) && day.month() % 2 === 0],
  ])('opens as a maintenance configuration would: %s', (recurEvery, days) => {
    const opening = { startDateTime: '2026-01-03 23:00', duration: '01:30', recurEvery };
    const windows = { timeZone: 'W. Europe Standard Time', open: [opening] };
    const expected = byMoment('Europe/Berlin', '23:00', days).filter(
      (at) => at >= '2026-01-03T22:00:00.000Z',
    );
    expect(openings(windows, '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')).toEqual(expected);
    expect(expected.length).toBeGreaterThan(5);
  });
});

describe('a window', () => {
  const at = (windows: unknown, now: string) => {
    const state = windowAt(Windows.parse(windows), Date.parse(now));
    return state.kind === 'open' ? `until ${iso(state.until)}` : `opens ${iso(state.opens)}`;
  };
  const nightly = { timeZone: 'Europe/Berlin', open: [{ cron: '0 22 * * *', durationMinutes: 240 }] };

  it.each([
    ['2026-06-01T19:59:59.999Z', 'opens 2026-06-01T20:00:00.000Z'],
    ['2026-06-01T20:00:00.000Z', 'until 2026-06-02T00:00:00.000Z'],
    ['2026-06-01T23:59:59.999Z', 'until 2026-06-02T00:00:00.000Z'],
    ['2026-06-02T00:00:00.000Z', 'opens 2026-06-02T20:00:00.000Z'],
    // The clock is moved in these nights: it stays open for as long as it says.
    ['2026-03-28T23:30:00.000Z', 'until 2026-03-29T01:00:00.000Z'],
    ['2026-10-24T23:30:00.000Z', 'until 2026-10-25T00:00:00.000Z'],
  ])('is at %s: %s', (now, expected) => {
    expect(at(nightly, now)).toBe(expected);
  });

  it('closes at midnight before a day that is named, and opens when the day is over', () => {
    const windows = {
      timeZone: 'Europe/Berlin',
      open: [{ cron: '0 22 * * *', durationMinutes: 240 }],
      closedOn: ['2026-12-24/2026-12-26'],
    };
    expect(at(windows, '2026-12-23T22:00:00Z')).toBe('until 2026-12-23T23:00:00.000Z');
    expect(at(windows, '2026-12-24T21:30:00Z')).toBe('opens 2026-12-26T23:00:00.000Z');
    expect(at(windows, '2026-12-26T23:00:00Z')).toBe('until 2026-12-27T01:00:00.000Z');
  });

  it('is one with another that follows without a gap', () => {
    const open = ['0 22 * * *', '0 23 * * *'].map((cron) => ({ cron, durationMinutes: 60 }));
    expect(at({ open }, '2026-06-01T22:10:00Z')).toBe('until 2026-06-02T00:00:00.000Z');
  });

  it('never opens again after its last day', () => {
    const opening = {
      startDateTime: '2026-01-03 23:00',
      duration: '01:30',
      recurEvery: 'Day',
      expirationDateTime: '2026-02-01 23:00',
    };
    expect(at({ open: [opening] }, '2026-02-01T22:00:00Z')).toBe('opens 2026-02-01T23:00:00.000Z');
    expect(at({ open: [opening] }, '2026-02-02T01:00:00Z')).toBe('opens undefined');
  });
});

describe('a time zone by the name that Windows has for it', () => {
  // Feature [Windows] Every name that Windows has for a time zone is known (issue 17)
  it('is a zone that another library knows, too', () => {
    expect(WINDOWS_ZONES.length).toBeGreaterThan(130);
    const unknown = WINDOWS_ZONES.filter((name) => moment.tz.zone(zoneOf(name)) === null);
    expect(unknown).toEqual([]);
  });

  it.each([
    ['W. Europe Standard Time', 'Europe/Berlin'],
    ['Eastern Standard Time', 'America/New_York'],
    ['india standard time', 'Asia/Kolkata'],
    ['Tokyo Standard Time', 'Asia/Tokyo'],
    ['UTC', 'UTC'],
  ])('%s is %s', (name, zone) => {
    for (const month of [0, 3, 6, 9]) {
      const at = Date.UTC(2026, month, 15);
      expect(moment.tz(at, zoneOf(name)).utcOffset()).toBe(moment.tz(at, zone).utcOffset());
    }
  });
});
