import { Cron } from 'croner';

/** When a timer trigger is to fire. */
export interface Schedule {
  /** The first occurrence after `time`, in milliseconds; undefined when there is none. */
  next(time: number): number | undefined;
}

/**
 * Reads a timer trigger's schedule: six-field NCRONTAB (seconds first) or a TimeSpan such as `00:30:00`; `%NAME%` is
 * taken from the settings first (durable-host.md 7). Throws for anything else.
 */
export function parseSchedule(
  text: string,
  settings: Readonly<Record<string, string | undefined>>,
): Schedule {
  const expression = text
    .replace(/%([^%]+)%/g, (_whole, name: string) => {
      const value = settings[name];
      if (value === undefined) throw new Error(`The setting ${name} of the schedule "${text}" is not set.`);
      return value;
    })
    .trim();
  const span = timeSpanMs(expression);
  if (span !== undefined) return { next: (time) => time + span };

  const fields = expression.split(/\s+/).length;
  if (fields !== 5 && fields !== 6)
    throw new Error(`The schedule "${expression}" is no NCRONTAB expression.`);
  const cron = new Cron(fields === 5 ? `0 ${expression}` : expression, {
    timezone: settings['WEBSITE_TIME_ZONE'] ?? 'UTC',
    domAndDow: true,
    paused: true,
  });
  return { next: (time) => cron.nextRun(new Date(time))?.getTime() };
}

/** `[d.]hh:mm:ss`; undefined for everything else and for nothing at all. */
export function timeSpanMs(text: string): number | undefined {
  const match = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const ms = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  return ms > 0 ? ms : undefined;
}
