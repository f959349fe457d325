import type { Words } from './words.ts';

/** Of windows, wherever they stand. */
export const windowFields = (
  at: string,
  about = 'When batches may start. A batch that has started is finished, however late it gets. By default at any time.',
): Words => ({
  [at]: [about],
  [`${at}.timeZone`]: ['Time zone, by its IANA name or the one that Windows has for it.', 'Europe/Berlin'],
  [`${at}.open`]: [
    'When a window opens and for how long: a cron expression, or the fields of a maintenance configuration.',
  ],
  [`${at}.open.cron`]: [
    'Minute, hour, day of the month, month and weekday. A time that a clock change skips starts right after the change; one that comes twice starts the first time.',
    '0 22 * * 6',
  ],
  [`${at}.open.durationMinutes`]: ['How long it stays open.', 240],
  [`${at}.open.startDateTime`]: ['The first time.', '2026-12-05 22:00'],
  [`${at}.open.duration`]: ['How long it stays open, in hours and minutes.', '03:55'],
  [`${at}.open.recurEvery`]: ['How often, as in a maintenance configuration.', 'Month Third Saturday'],
  [`${at}.open.expirationDateTime`]: ['The last day.', '2027-12-05 22:00'],
  [`${at}.closedOn`]: ['Days on which no window is open.', ['2026-12-24/2027-01-02']],
});
