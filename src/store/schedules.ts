import { z } from 'zod';
import { Schedule } from '../core/schedule/schedule.ts';
import { seal, unseal } from './formats/format.ts';
import { count, maybe, text, time } from '../core/model/schemas.ts';
import type { Store, Stored } from './port.ts';

const TABLE = 'schedules';
const PARTITION = 'schedules';

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

const headOf = (name: string): string => `head-${name}`;
const rowOf = (name: string, number: number): string => `number-${name}-${String(number).padStart(8, '0')}`;

function versionIn({ row, value }: Stored): ScheduleVersion {
  return unseal(value, format, `${row} of the schedules`);
}

/** The version that stands; it may have deleted the schedule. `undefined` where there never was one. */
export async function readSchedule({ documents }: Store, name: string): Promise<ScheduleVersion | undefined> {
  const stored = await documents.get({ table: TABLE, partition: PARTITION, row: headOf(name) });
  return stored && versionIn(stored);
}

/** Every schedule as it stands, by name, without those that were deleted. */
export async function listSchedules({ documents }: Store): Promise<readonly ScheduleVersion[]> {
  const rows = await documents.list(TABLE, PARTITION, { after: 'head-', before: 'head.' });
  return rows.map(versionIn).filter(({ schedule }) => schedule !== undefined);
}

/** Every version of one schedule, oldest first. */
export async function listScheduleVersions(
  { documents }: Store,
  name: string,
): Promise<readonly ScheduleVersion[]> {
  const [after, before] = [`number-${name}-`, `number-${name}.`];
  const rows = await documents.list(TABLE, PARTITION, { after, before });
  return rows.map(versionIn).filter((version) => version.name === name);
}

/** Replaces version `after` by the next one; false when another one stands by now: then nothing is changed. */
export async function replaceSchedule(
  { documents }: Store,
  after: number,
  next: Omit<ScheduleVersion, 'number'>,
): Promise<boolean> {
  const { name } = next;
  const row = headOf(name);
  const key = { table: TABLE, partition: PARTITION, row } as const;
  const value = seal({ ...next, number: after + 1 });
  const stored = await documents.get(key);
  if (stored === undefined) {
    if (after !== 0 || (await documents.insert(key, value)) === undefined) return false;
    await documents.putAll(TABLE, PARTITION, [{ row: rowOf(name, 1), value }]);
    return true;
  }
  if (versionIn(stored).number !== after) return false;
  const puts = [
    // The first one may have died before its version was kept.
    { row: rowOf(name, after), value: stored.value },
    { row: rowOf(name, after + 1), value },
  ];
  const head = { row, etag: stored.etag, value };
  return (
    (await documents.commit({ table: TABLE, partition: PARTITION, head, puts, removes: [] })) !== undefined
  );
}
