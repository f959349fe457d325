import { nextLook } from '../../../src/core/schedule/looks.ts';
import { Schedule } from '../../../src/core/schedule/schedule.ts';
import { windowAt } from '../../../src/core/window/windows.ts';

/** Local times at which something begins every day: by the zone's IANA name or the one of Windows. */
const DAILY = [
  ['Europe/Berlin', '02:30', 'W. Europe Standard Time'],
  ['America/New_York', '01:30', 'Eastern Standard Time'],
  ['Australia/Lord_Howe', '22:00', 'Lord Howe Standard Time'],
] as const;

const FROM = Date.parse('2026-01-01T00:00:00Z');
const TO = Date.parse('2027-01-01T00:00:00Z');

/** All that this process finds in a year: when schedules look, and when windows open, with a day off. */
const year = DAILY.flatMap(([zone, time, windowsName]) => {
  const [hour = '', minute = ''] = time.split(':').map(Number).map(String);
  const cron = `${minute} ${hour} * * *`;
  const { looks, windows } = Schedule.parse({
    looks: { cron, timeZone: zone },
    windows: {
      timeZone: windowsName,
      open: [{ cron, durationMinutes: 30 }],
      closedOn: ['2026-07-01'],
    },
  });
  if (looks === undefined || windows === undefined) throw new TypeError('they were given');
  const schedule = Schedule.parse({ looks });
  const found: string[] = [];
  for (
    let at = nextLook(schedule, { at: FROM });
    at !== undefined && at < TO;
    at = nextLook(schedule, { at })
  ) {
    found.push(`${zone} looks ${new Date(at).toISOString()}`);
  }
  for (let at = FROM; at < TO;) {
    const state = windowAt(windows, at);
    const next = state.kind === 'open' ? state.until : (state.opens ?? TO);
    if (state.kind === 'closed' && next < TO) found.push(`${zone} opens ${new Date(next).toISOString()}`);
    at = next;
  }
  return found;
});

process.stdout.write(year.join('\n'));
