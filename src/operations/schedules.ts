import type { Ports } from '../activities/frame/ports.ts';
import { acts } from '../core/messages/acts.ts';
import { nextLook } from '../core/schedule/looks.ts';
import type { Looked } from '../core/schedule/looks.ts';
import type { Schedule } from '../core/schedule/schedule.ts';
import { releasesOf } from '../core/schedule/trail.ts';
import type { Release } from '../core/schedule/trail.ts';
import { addRelease, forgetLook, listReleases, listTrails, readLook } from '../store/schedule-trails.ts';
import { listSchedules, listScheduleVersions, readSchedule, replaceSchedule } from '../store/schedules.ts';
import type { ScheduleVersion } from '../store/schedules.ts';
import { noteAct } from './note-act.ts';
import { lookAtSchedule } from './look-at-schedule.ts';
import type { ScheduleLook } from './look-at-schedule.ts';

/** A schedule that stands, and when it looks. */
export interface StandingSchedule extends ScheduleVersion {
  readonly schedule: Schedule;
  readonly looked: Looked | undefined;
  /** Milliseconds since the epoch; `undefined` where it never looks again. */
  readonly next: number | undefined;
}

/** The schedule of this name, unless there is none or it was deleted. */
export async function findSchedule(name: string, ports: Ports): Promise<StandingSchedule | undefined> {
  const found = await readSchedule(ports.store, name);
  return found?.schedule === undefined ? undefined : withLooks({ ...found, schedule: found.schedule }, ports);
}

export async function viewSchedules(ports: Ports): Promise<readonly StandingSchedule[]> {
  const found = await listSchedules(ports.store);
  return Promise.all(
    found.flatMap((one) =>
      one.schedule === undefined ? [] : [withLooks({ ...one, schedule: one.schedule }, ports)],
    ),
  );
}

async function withLooks(
  found: ScheduleVersion & { readonly schedule: Schedule },
  { store, clock }: Ports,
): Promise<StandingSchedule> {
  const looked = await readLook(store, found.name);
  const next = nextLook(found.schedule, looked);
  // What was missed is made up for at the next tick of the timer.
  return { ...found, looked, next: next === undefined ? undefined : Math.max(next, clock.now()) };
}

/** A schedule's own history: every version of it, and what people have released. */
export async function viewHistory(
  name: string,
  { store }: Ports,
): Promise<{ readonly versions: readonly ScheduleVersion[]; readonly releases: readonly Release[] }> {
  const [versions, releases] = await Promise.all([
    listScheduleVersions(store, name),
    listReleases(store, name),
  ]);
  return { versions, releases };
}

export interface AskedSchedule {
  readonly name: string;
  /** Absent to delete it. */
  readonly schedule?: Schedule;
  readonly by: string;
  readonly reason?: string;
  /** The version that the caller has read. */
  readonly after: number;
}

/** Replaces or deletes the version that the caller has read; false when another one stands by now. */
export async function setSchedule({ after, ...next }: AskedSchedule, ports: Ports): Promise<boolean> {
  const { store, clock } = ports;
  const { name, by, reason, schedule } = next;
  const at = new Date(clock.now()).toISOString();
  const what = schedule === undefined ? 'delete' : 'replace';
  await noteAct(ports, 'scheduleIntended', {
    by,
    message: acts.scheduleIntended({ name, after }, what, reason),
  });
  if (!(await replaceSchedule(store, after, { ...next, at }))) {
    await noteAct(ports, 'scheduleKept', { by, message: acts.scheduleKept(name, after) });
    return false;
  }
  await noteAct(ports, 'scheduleSet', { by, message: acts.scheduleSet(name, after + 1) });
  // Should it die here, the schedule looks at the time that the former version had.
  await forgetLook(store, next.name);
  return true;
}

/** What would become of each set now; nothing is started, and nothing noted. */
export function explainSchedule({ name, schedule }: StandingSchedule, ports: Ports): Promise<ScheduleLook> {
  return lookAtSchedule({ name, schedule, notes: false }, ports);
}

/** Lets a version be tried once more that has been tried before; `undefined` where it has not since its last release. */
export async function releaseVersion(
  name: string,
  asked: Omit<Release, 'at'>,
  ports: Ports,
): Promise<readonly Release[] | undefined> {
  const { store, clock } = ports;
  const { version, by, reason } = asked;
  const [trails, releases] = await Promise.all([listTrails(store, name), listReleases(store, name)]);
  const nth = releasesOf(releases, version);
  const isTried = trails.some(({ starts }) =>
    starts.some((start) => start.version === version && start.release === nth),
  );
  if (!isTried) return undefined;
  await noteAct(ports, 'releaseIntended', { by, message: acts.releaseIntended(name, version, reason) });
  await addRelease(store, name, { ...asked, at: new Date(clock.now()).toISOString(), nth });
  await forgetLook(store, name);
  return listReleases(store, name);
}
