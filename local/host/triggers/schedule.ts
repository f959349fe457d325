import { Cron } from 'croner';
import { timeSpanMs } from '../durable/wire/time-span.ts';

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
