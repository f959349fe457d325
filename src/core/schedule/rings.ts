import { schedules as words } from '../messages/schedules.ts';
import { compareVersions } from '../model/versions.ts';
import { fits } from './choose.ts';
import { blocked, waits } from './decision.ts';
import type { Decision } from './decision.ts';
import type { Schedule } from './schedule.ts';
import { failureOf } from './trail.ts';
import type { Release, SetTrail } from './trail.ts';

/** One set that a schedule may move, and which version all its instances run, if it is one. */
export interface Member {
  readonly ring: number;
  /** Whose versions it runs: only those of one image compare. */
  readonly image: string;
  readonly runs?: { readonly version: string; readonly since: string };
}

export type Before =
  | { readonly kind: 'proven'; readonly version: string }
  | { readonly kind: 'other'; readonly decision: Decision };

interface Fleet {
  readonly image: string;
  readonly schedule: Schedule;
  readonly members: readonly Member[];
  readonly now: number;
}

/** What the ring before has proven, so that this one may take it; `undefined` where no ring comes before. */
export function ringBefore(ring: number, { image, schedule, members, now }: Fleet): Before | undefined {
  const rings = [...new Set(members.map((one) => one.ring))].filter((one) => one < ring);
  if (rings.length === 0) return undefined;
  const last = Math.max(...rings);
  const name = schedule.rings?.[last]?.name ?? String(last);
  const alike = members.filter((one) => one.ring === last && one.image === image);
  if (alike.length === 0) {
    return { kind: 'other', decision: blocked('ringBefore', words.ringHasOther(name)) };
  }
  const [first, ...others] = alike.map((one) => one.runs);
  if (first === undefined || others.some((one) => one?.version !== first.version)) {
    return { kind: 'other', decision: waits('ringBefore', words.ringMixed(name)) };
  }
  const { version } = first;
  if (!fits(schedule, version)) {
    return { kind: 'other', decision: waits('ringBefore', words.ringRunsOther(name, version)) };
  }
  const hours = schedule.rings?.[ring]?.cleanHours ?? 0;
  const since = [first, ...others].map((one) => Date.parse(one?.since ?? ''));
  const clean = Math.max(...since) + hours * 3_600_000;
  if (clean <= now) return { kind: 'proven', version };
  const until = new Date(clean).toISOString();
  const message = words.ringSoaks(version, name, until);
  return { kind: 'other', decision: waits('ringBefore', message, { version, until }) };
}

/**
 * The version that is on its way through the rings: the first ring takes no other before the last has it, so that all
 * of them get the same one. One that has failed goes no further and holds nobody up.
 */
export function travelling(
  ring: number,
  version: string,
  {
    image,
    schedule,
    members,
    trails,
    releases,
  }: {
    readonly image: string;
    readonly schedule: Schedule;
    readonly members: readonly Member[];
    readonly trails: readonly SetTrail[];
    readonly releases: readonly Release[];
  },
): string | undefined {
  const first = Math.min(...members.map((one) => one.ring));
  if (ring !== first) return undefined;
  const alike = members.filter((one) => one.image === image);
  const later = alike.filter((one) => one.ring > first);
  return alike
    .filter((one) => one.ring === first)
    .flatMap(({ runs }) => runs?.version ?? [])
    .find(
      (one) =>
        one !== version &&
        fits(schedule, one) &&
        failureOf(trails, one, releases) === undefined &&
        later.some(({ runs }) => runs === undefined || compareVersions(runs.version, one) < 0),
    );
}
