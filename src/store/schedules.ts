import { z } from 'zod';
import { count, maybe, text, time } from '../core/model/schemas.ts';
import { Schedule } from '../core/schedule/schedule.ts';
import type { Store } from './port.ts';
import { versionsOf } from './versions.ts';

/** One version of a schedule, kept for ever: who wrote it, and why. A version without a schedule has deleted it. */
const format = z.strictObject({
  name: text,
  number: count,
  by: text,
  at: time,
  reason: maybe(text),
  schedule: maybe(Schedule),
});
export type ScheduleVersion = Readonly<z.infer<typeof format>>;

const versions = versionsOf<ScheduleVersion>({ table: 'schedules', partition: 'schedules', format });

/** The version that stands; it may have deleted the schedule. `undefined` where there never was one. */
export const { read: readSchedule, listVersions: listScheduleVersions, replace: replaceSchedule } = versions;

/** Every schedule as it stands, by name, without those that were deleted. */
export async function listSchedules(store: Store): Promise<readonly ScheduleVersion[]> {
  return (await versions.list(store)).filter(({ schedule }) => schedule !== undefined);
}
