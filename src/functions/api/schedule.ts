import { z } from 'zod';
import { OUTCOMES, PASSED_OVER } from '../../core/schedule/decision.ts';
import { Schedule } from '../../core/schedule/schedule.ts';
import { count, maybe, text, time } from '../../core/model/schemas.ts';
import { orNull } from './parts.ts';
import { Window } from './plan.ts';

const standing = { name: text, schedule: Schedule, number: count, by: text, at: time, reason: maybe(text) };

/** When it has looked and looks next; `null` before the first time, and where it never looks again. */
const looks = { lookedAt: orNull(time), looksNext: orNull(time) };

/** What the caller may do to schedules. */
export const SCHEDULE_ACTS = ['set', 'delete', 'run', 'release'] as const;
const may = z.array(z.enum(SCHEDULE_ACTS));

export const Schedules = z.strictObject({ value: z.array(z.strictObject({ ...standing, ...looks })), may });

export const ScheduleView = z.strictObject({
  ...standing,
  ...looks,
  may,
  versions: z.array(
    z.strictObject({ number: count, by: text, at: time, reason: maybe(text), schedule: orNull(Schedule) }),
  ),
  releases: z.array(z.strictObject({ version: text, by: text, at: time, reason: text })),
});

/** After it was set; its versions are told to whoever asks. */
export const ScheduleState = z.strictObject({ name: text, schedule: Schedule });

export const ScheduleDeleted = z.strictObject({ name: text });

export const ScheduleDecision = z.strictObject({
  scaleSet: text,
  ring: orNull(text),
  outcome: z.enum(OUTCOMES),
  code: text,
  message: text,
  version: maybe(text),
  rolloutId: maybe(text),
  until: maybe(time),
  passedOver: maybe(z.array(z.strictObject({ version: text, code: z.enum(PASSED_OVER), message: text }))),
});

export const ScheduleExplanation = z.strictObject({
  name: text,
  ...looks,
  window: orNull(Window),
  unreadable: maybe(text),
  scaleSets: z.array(ScheduleDecision),
});

export const ScheduleRun = z.strictObject({ name: text, scaleSets: z.array(ScheduleDecision) });

export const Releases = z.strictObject({
  value: z.array(z.strictObject({ version: text, by: text, at: time, reason: text })),
});
