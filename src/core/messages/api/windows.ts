import type { Words } from './words.ts';

/** Of windows, wherever they stand. */
export const windowFields = (at: string): Words => ({
  [at]: ['When batches may begin. One that has begun is finished, however late it gets; always without it.'],
  [`${at}.timeZone`]: ['Time zone, by its IANA name or the one that Windows has for it.', 'Europe/Berlin'],
  [`${at}.open`]: [
    'When a window opens and for how long, by a cron expression or as a maintenance configuration.',
  ],
  [`${at}.open.cron`]: [
    'Minute, hour, day of the month, month and weekday. A time that the clock skips begins once it has been moved, one that comes twice at the first.',
    '0 22 * * 6',
  ],
  [`${at}.open.durationMinutes`]: ['How long it stays open.', 240],
  [`${at}.open.startDateTime`]: ['The first time.', '2026-12-05 22:00'],
  [`${at}.open.duration`]: ['How long it stays open, in hours and minutes.', '03:55'],
  [`${at}.open.recurEvery`]: ['How often, as maintenance configurations say it.', 'Month Third Saturday'],
  [`${at}.open.expirationDateTime`]: ['The last day.', '2027-12-05 22:00'],
  [`${at}.closedOn`]: ['Days on which no window is open.', ['2026-12-24/2027-01-02']],
});
