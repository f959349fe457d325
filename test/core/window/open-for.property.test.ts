import * as fc from 'fast-check';
import moment from 'moment-timezone';
import { expect, it } from 'vitest';
import { openFor, Windows } from '../../../src/core/window/windows.ts';

const MINUTE = 60_000;
const FROM = Date.parse('2026-03-20T00:00:00Z');

const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata'];

/** Weekdays from some hour for some hours: whether somebody is there, minute by minute, by another library. */
function isThere(zone: string, hour: number, hours: number): (at: number) => boolean {
  return (at) => {
    const local = moment.tz(at, zone);
    const began = local.clone().startOf('day').hour(hour);
    return local.day() % 6 !== 0 && at >= began.valueOf() && at < began.valueOf() + hours * 60 * MINUTE;
  };
}

// Feature [Windows] On-duty time is counted right over weekends and changes of the clock, as another library counts it (issue 17)
it('is over when somebody was there for so many minutes', () => {
  const place = fc.record({
    zone: fc.constantFrom(...ZONES),
    hour: fc.integer({ min: 5, max: 12 }),
    hours: fc.integer({ min: 1, max: 10 }),
    start: fc.integer({ min: 0, max: 14 * 24 * 60 }),
    minutes: fc.integer({ min: 1, max: 900 }),
  });
  fc.assert(
    fc.property(place, ({ zone, hour, hours, start, minutes }) => {
      const windows = Windows.parse({
        timeZone: zone,
        open: [{ cron: `0 ${hour} * * 1-5`, durationMinutes: hours * 60 }],
      });
      const there = isThere(zone, hour, hours);
      let at = FROM + start * MINUTE;
      const over = openFor(windows, at, minutes * MINUTE);
      for (let left = minutes; left > 0; at += MINUTE) if (there(at)) left -= 1;
      expect(over).toBe(at);
    }),
    { numRuns: 10 },
  );
});
