import { z } from 'zod';
import { RolloutSpec, scaleSetId } from '../spec/spec.ts';
import { readCron } from '../window/local-time.ts';
import { timeZone, Windows } from '../window/windows.ts';
import { ChangeBeside } from './change-beside.ts';
import { Source } from './source.ts';
import { zoneOf } from '../window/windows-zones.ts';

const version = z.string().regex(/^\d[\w.-]{0,99}$/, 'must be a version such as 22.04.202611010');

/** The tag of a scale set that names its schedule, and the one that names its ring there. */
export const SCHEDULE_TAG = 'vmss-rollout:schedule';
export const RING_TAG = 'vmss-rollout:ring';

const sets = z.array(scaleSetId).min(1).max(200);

const ring = z.strictObject({
  name: z.string().min(1).max(50),
  /** Beside those that say so by their tag. */
  scaleSets: sets.optional(),
  /** How long each set of the ring before must have run a version before this one takes it. */
  cleanHours: z.number().min(0).max(2160).default(24),
});

const cron = z.strictObject({
  /** Five fields: minute, hour, day of the month, month, weekday. */
  cron: z.string().max(200).refine(isCron, 'must be a cron expression of five fields that has a next time'),
  timeZone: timeZone.default('UTC'),
});

const {
  namedStrategy,
  strategy,
  health,
  soakSeconds,
  approvals,
  onFailure,
  timeoutSeconds,
  acceptManaged,
  labels,
} = RolloutSpec.shape;

/** How its rollouts go, as a spec says it. */
const rollout = z.strictObject({
  namedStrategy,
  strategy,
  health,
  soakSeconds,
  approvals,
  onFailure,
  timeoutSeconds,
  acceptManaged,
  labels,
});

/** Which scale sets are kept on which version of their image, and when. */
export const Schedule = z
  .strictObject({
    enabled: z.boolean().default(true),
    /** Beside those that say so by their tag. */
    scaleSets: sets.optional(),
    /** Sets with another image are left alone; without it each set is kept on the image that its own model names. */
    source: Source.optional(),
    /** The newest version that is right, or the one before the newest. */
    channel: z.enum(['newest', 'previous']).default('newest'),
    /** Versions from this one on, and those before that one. */
    from: version.optional(),
    below: version.optional(),
    exclude: z.array(version).max(200).optional(),
    /** How long ago this app must have seen a version for the first time. */
    leastAgeHours: z.number().min(0).max(8760).default(0),
    rings: z.array(ring).min(1).max(20).optional(),
    /** What else is changed along with a version. */
    change: ChangeBeside.optional(),
    /** When it looks; without it every hour, as long as a window is open. */
    looks: cron.optional(),
    windows: Windows.optional(),
    /** How many of its rollouts may be open at once. */
    concurrency: z.int().min(1).max(100).default(10),
    rollout: rollout.prefault({}),
  })
  .refine(({ rings = [] }) => new Set(rings.map(({ name }) => name)).size === rings.length, {
    path: ['rings'],
    error: 'must have a name of its own for each ring',
  });
export type Schedule = Readonly<z.infer<typeof Schedule>>;

function isCron(text: string): boolean {
  try {
    return readCron(text, 'UTC').nextRun(new Date('2026-01-01T00:00:00Z')) !== null;
  } catch {
    return false;
  }
}

/** What stands in the record of its rollouts as whoever requested them. */
export function requesterOf(name: string): string {
  return `schedule ${name}`;
}

/** The ring that a set is in: the one that names it, the one that its tag names, or else the last. */
export function ringOf({ rings = [] }: Schedule, scaleSet: string, tag: string | undefined): number {
  const id = scaleSet.toLowerCase();
  const named = rings.findIndex((one) => one.scaleSets?.some((set) => set.toLowerCase() === id));
  if (named !== -1) return named;
  const tagged = rings.findIndex(({ name }) => name === tag);
  return tagged === -1 ? Math.max(0, rings.length - 1) : tagged;
}

/** Every set that the schedule itself names. */
export function namedSets({ scaleSets = [], rings = [] }: Schedule): readonly string[] {
  const all = [...scaleSets, ...rings.flatMap((one) => one.scaleSets ?? [])];
  return [...new Map(all.map((id) => [id.toLowerCase(), id])).values()];
}

/** The IANA zone of when it looks. */
export function zoneOfLooks({ looks }: Schedule): string {
  return zoneOf(looks?.timeZone ?? 'UTC');
}
