import type { Ports } from '../activities/frame/ports.ts';
import { isEnded } from '../core/record/phase.ts';
import { decide, isTurn, without, withPassed } from '../core/schedule/decide.ts';
import type { Known } from '../core/schedule/decide.ts';
import type { Decision } from '../core/schedule/decision.ts';
import { mayStart } from '../core/schedule/looks.ts';
import type { Member } from '../core/schedule/rings.ts';
import type { Schedule } from '../core/schedule/schedule.ts';
import type { Release, SetTrail } from '../core/schedule/trail.ts';
import { scaleSetKey } from '../core/spec/spec.ts';
import { changeTrail, listReleases, listTrails } from '../store/schedule-trails.ts';
import { readRollout } from '../store/rollouts.ts';
import type { Store } from '../store/port.ts';
import { createCatalogue } from './published-versions.ts';
import type { Catalogue } from './published-versions.ts';
import { seeSets, withoutIt } from './see-sets.ts';
import type { Seen } from './see-sets.ts';

type Facts = Extract<Seen, { readonly kind: 'facts' }>;

export interface Decided extends Decision {
  readonly scaleSet: string;
  readonly ring: number;
}

/** One look at a schedule: what would become of each of its sets. */
export interface ScheduleLook {
  readonly decisions: readonly Decided[];
  readonly trails: readonly SetTrail[];
  readonly releases: readonly Release[];
  readonly unreadable?: string;
}

interface Asked {
  readonly name: string;
  readonly schedule: Schedule;
  /** Whether what is seen is noted; somebody who only asks leaves nothing behind. */
  readonly notes: boolean;
}

/** Looks at each set of a schedule and decides; starts nothing. */
export async function lookAtSchedule(asked: Asked, ports: Ports): Promise<ScheduleLook> {
  const { name, schedule, notes } = asked;
  const { store } = ports;
  const now = ports.clock.now();
  const catalogue = createCatalogue({ ports, notes });
  const sight = await seeSets(name, schedule, { ports, catalogue });
  const [stored, releases] = await Promise.all([listTrails(store, name), listReleases(store, name)]);
  const trails = await currentTrails(stored, sight.sets, { asked, store, now });
  const known = { schedule, now, releases, mayStart: mayStart(schedule, now) };
  const decisions: Decided[] = [];
  for (const seen of sight.sets) {
    const { scaleSet, ring } = seen;
    const decision =
      seen.kind === 'facts'
        ? await decideAbout(seen, { ...known, ...fleetOf(seen, sight.sets, trails) }, catalogue)
        : seen.decision;
    decisions.push({ scaleSet, ring, ...decision });
  }
  const { unreadable } = sight;
  return { decisions, trails, releases, ...(unreadable !== undefined && { unreadable }) };
}

/** Decides, and asks of a version that would be taken whether it may be; where not, decides without it. */
async function decideAbout(seen: Facts, known: Known, catalogue: Catalogue): Promise<Decision> {
  for (let facts: Facts = seen; ;) {
    const decision = decide(facts, known);
    const { version } = decision;
    if (version === undefined || !isTurn(decision)) return withPassed(decision, facts);
    const flaw = await catalogue.flaw(facts.here, version);
    if (flaw.kind !== 'ok') return withoutIt(flaw);
    if (flaw.value === undefined) return withPassed(decision, facts);
    facts = { ...facts, ...without(facts, flaw.value) };
  }
}

/** The sets whose versions compare with those of one set, and their trails; of sets that are gone nobody knows the image. */
function fleetOf(
  { image }: Facts,
  sets: readonly Seen[],
  trails: readonly SetTrail[],
): Pick<Known, 'members' | 'trails'> {
  const trailOf = new Map(trails.map((trail) => [scaleSetKey(trail.scaleSet), trail]));
  const facts = sets.filter((one) => one.kind === 'facts');
  const imageOf = new Map(facts.map((one) => [scaleSetKey(one.scaleSet), one.image]));
  const members = facts.map((one): Member => {
    const runs = trailOf.get(scaleSetKey(one.scaleSet))?.runs;
    return { ring: one.ring, image: one.image, ...(runs !== undefined && { runs }) };
  });
  const isAlike = ({ scaleSet }: SetTrail): boolean =>
    (imageOf.get(scaleSetKey(scaleSet)) ?? image) === image;
  return { members, trails: trails.filter((trail) => isAlike(trail)) };
}

interface Update {
  readonly asked: Asked;
  readonly store: Store;
  readonly now: number;
}

/** The trails with how each start has ended by now, and what each set runs. */
async function currentTrails(
  stored: readonly SetTrail[],
  sets: readonly Seen[],
  { asked: { name, notes }, store, now }: Update,
): Promise<readonly SetTrail[]> {
  const all = new Map(stored.map((trail) => [scaleSetKey(trail.scaleSet), trail]));
  const seen = new Map(sets.map((one) => [scaleSetKey(one.scaleSet), one]));
  for (const [key, { scaleSet }] of seen) if (!all.has(key)) all.set(key, { scaleSet, starts: [] });
  const at = new Date(now).toISOString();
  const current: SetTrail[] = [];
  for (const [key, trail] of all) {
    const ended = await withEnds(trail, store);
    const update = (before: SetTrail): SetTrail => withRuns(mergeEnds(before, ended), seen.get(key), at);
    current.push(
      notes ? await changeTrail(store, { name, scaleSet: trail.scaleSet }, update) : update(trail),
    );
  }
  return current;
}

/** How each start has ended whose end is not noted; one whose rollout was purged meanwhile is left as it is. */
async function withEnds(trail: SetTrail, store: Store): Promise<SetTrail> {
  const starts = await Promise.all(
    trail.starts.map(async (start) => {
      if (start.end !== undefined) return start;
      const phase = (await readRollout(store, start.rolloutId))?.record.phase;
      return phase !== undefined && isEnded(phase) ? { ...start, end: phase } : start;
    }),
  );
  return { ...trail, starts };
}

function mergeEnds(before: SetTrail, { starts }: SetTrail): SetTrail {
  const ends = new Map(starts.map(({ rolloutId, end }) => [rolloutId, end]));
  const isNew = before.starts.some(
    ({ rolloutId, end }) => end === undefined && ends.get(rolloutId) !== undefined,
  );
  if (!isNew) return before;
  return {
    ...before,
    starts: before.starts.map((start) => {
      const end = start.end ?? ends.get(start.rolloutId);
      return end === undefined ? start : { ...start, end };
    }),
  };
}

/** What all instances run, and since when; nothing while they differ, or a rollout is at work. */
function withRuns(trail: SetTrail, seen: Seen | undefined, at: string): SetTrail {
  if (seen?.kind !== 'facts') return trail;
  const [version, ...others] = seen.running;
  if (version === undefined || others.length > 0 || seen.heldBy !== undefined) {
    const { runs, ...rest } = trail;
    return runs === undefined ? trail : rest;
  }
  return trail.runs?.version === version ? trail : { ...trail, runs: { version, since: at } };
}
