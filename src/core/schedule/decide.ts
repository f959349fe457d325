import { schedules as words } from '../messages/schedules.ts';
import { compareVersions } from '../model/versions.ts';
import { chooseVersion } from './choose.ts';
import type { Choice, SeenVersion } from './choose.ts';
import { blocked, waits } from './decision.ts';
import type { Decision, PassedOver } from './decision.ts';
import { ringBefore, travelling } from './rings.ts';
import type { Member } from './rings.ts';
import type { Schedule } from './schedule.ts';
import { failureOf, startOn } from './trail.ts';
import type { Release, SetTrail } from './trail.ts';
import { windowAt } from '../window/windows.ts';

/** What is seen of one set. */
export interface SetFacts {
  readonly scaleSet: string;
  readonly ring: number;
  /** Its image: only versions of one image compare. */
  readonly image: string;
  /** What its model says: an exact version, or `latest`. */
  readonly modelVersion: string;
  /** The versions that its instances run, the oldest first; another image counts as older than all. */
  readonly running: readonly string[];
  /** Those that may be taken. */
  readonly versions: readonly SeenVersion[];
  /** Those that may not, and why. */
  readonly passedOver: readonly PassedOver[];
  /** The rollout that holds it, if any. */
  readonly heldBy?: string;
}

/** What a schedule knows when it decides. */
export interface Known {
  readonly schedule: Schedule;
  readonly now: number;
  readonly trails: readonly SetTrail[];
  readonly releases: readonly Release[];
  /** All sets that the schedule may move, this one too. */
  readonly members: readonly Member[];
  readonly mayStart: boolean;
}

/** Which version a set would take now, and why or why not. */
export function decide(facts: SetFacts, known: Known): Decision {
  const wanted = wantedVersion(facts, known);
  if (wanted.kind === 'decided') return wanted.decision;
  const { version } = wanted;
  return (
    standing(facts, version) ??
    tried(facts, version, known) ??
    offeredHere(facts, version) ??
    turn(facts, version, known)
  );
}

type Wanted =
  | { readonly kind: 'version'; readonly version: string }
  | { readonly kind: 'decided'; readonly decision: Decision };

const decided = (decision: Decision): Wanted => ({ kind: 'decided', decision });

function wantedVersion(facts: SetFacts, known: Known): Wanted {
  const { schedule, now } = known;
  const choice = chooseVersion(schedule, facts.versions, now);
  const before = ringBefore(facts.ring, { ...known, image: facts.image });
  if (before !== undefined) {
    if (before.kind === 'proven') return provenOr(facts, known, { choice, proven: before.version });
    // What the ring before has, this one may have had for long.
    const isThere = choice.kind === 'version' && standing(facts, choice.version)?.code === 'upToDate';
    return isThere ? { kind: 'version', version: choice.version } : decided(before.decision);
  }
  if (choice.kind === 'version') return choice;
  if (choice.kind === 'none') return decided(blocked('noVersion', words.noVersion));
  const { version, newest, ripe } = choice;
  if (version !== undefined && standing(facts, version) === undefined) return { kind: 'version', version };
  if (standing(facts, newest) !== undefined) return { kind: 'version', version: newest };
  const until = new Date(ripe).toISOString();
  return decided(waits('tooYoung', words.tooYoung(newest, until), { version: newest, until }));
}

/** What the ring before has proven; where the set has that, but what it is to have next has failed, it says so. */
function provenOr(
  facts: SetFacts,
  known: Known,
  { choice, proven }: { readonly choice: Choice; readonly proven: string },
): Wanted {
  const isThere = standing(facts, proven) !== undefined;
  const next = choice.kind === 'version' && isThere && standing(facts, choice.version) === undefined;
  const failed = next ? tried(facts, choice.version, known) : undefined;
  return failed === undefined ? { kind: 'version', version: proven } : decided(failed);
}

/** It is there already, or further. */
function standing({ running, modelVersion }: SetFacts, version: string): Decision | undefined {
  const newest = running.at(-1);
  if (newest !== undefined && compareVersions(newest, version) > 0) {
    return { outcome: 'done', code: 'runsNewer', message: words.runsNewer(version, newest), version: newest };
  }
  const isThere = running.every((one) => one === version);
  const says = modelVersion.toLowerCase();
  if (!isThere || (says !== 'latest' && says !== version.toLowerCase())) return undefined;
  return { outcome: 'done', code: 'upToDate', message: words.upToDate(version), version };
}

/** It was tried: it runs, it has failed here or elsewhere, or it was done once. */
function tried({ scaleSet }: SetFacts, version: string, { trails, releases }: Known): Decision | undefined {
  const trail = trails.find((one) => one.scaleSet.toLowerCase() === scaleSet.toLowerCase());
  const start = startOn(trail, version, releases);
  if (start !== undefined) {
    const { rolloutId, end } = start;
    const more = { version, rolloutId };
    if (end === undefined) return waits('underWay', words.underWay(version, rolloutId), more);
    if (end !== 'succeeded') return blocked('failed', words.failed(version, rolloutId, end), more);
    return blocked('alreadyRolledOut', words.alreadyRolledOut(version, rolloutId), more);
  }
  const failure = failureOf(trails, version, releases);
  if (failure === undefined) return undefined;
  const { rolloutId, end = '' } = failure.start;
  const message = words.failedElsewhere(version, { scaleSet: failure.scaleSet, end });
  return blocked('failedElsewhere', message, { version, rolloutId });
}

/** What the ring before runs need not be published where this set is. */
function offeredHere({ versions }: SetFacts, version: string): Decision | undefined {
  if (versions.some((one) => one.version === version)) return undefined;
  return waits('notOffered', words.notOffered(version), { version });
}

/** Whether nothing but its turn keeps a set from a version: whoever would take it asks more closely about it. */
export function isTurn({ code }: Decision): boolean {
  return ['start', 'held', 'travelling', 'window'].includes(code);
}

/** What a set may take once a version is found to be none that it may. */
export function without(facts: SetFacts, passed: PassedOver): SetFacts {
  return {
    ...facts,
    versions: facts.versions.filter(({ version }) => version !== passed.version),
    passedOver: [...facts.passedOver, passed],
  };
}

/** A decision with the newer versions that nobody is to take. */
export function withPassed(decision: Decision, { running, passedOver }: SetFacts): Decision {
  const { version = running.at(-1) ?? '' } = decision;
  const newer = passedOver
    .filter((one) => compareVersions(one.version, version) > 0)
    .toSorted((a, b) => compareVersions(b.version, a.version))
    .slice(0, MOST_TOLD);
  return newer.length === 0 ? decision : { ...decision, passedOver: newer };
}

const MOST_TOLD = 5;

/** It is right, and nothing but its turn is waited for. */
function turn(facts: SetFacts, version: string, known: Known): Decision {
  const { schedule, now, mayStart } = known;
  const { heldBy } = facts;
  if (heldBy !== undefined) return waits('held', words.held(version, heldBy), { version, rolloutId: heldBy });
  const older = travelling(facts.ring, version, { ...known, image: facts.image });
  if (older !== undefined) return waits('travelling', words.travelling(version, older), { version });
  const { windows } = schedule;
  if (!mayStart && windows !== undefined) {
    const window = windowAt(windows, now);
    const opens =
      window.kind === 'closed' && window.opens !== undefined
        ? new Date(window.opens).toISOString()
        : undefined;
    return waits('window', words.window(version, opens), {
      version,
      ...(opens !== undefined && { until: opens }),
    });
  }
  return { outcome: 'start', code: 'start', message: words.start(version, why(facts, version)), version };
}

/** What makes it right: the instances, also those that run something older under a model that says `latest`. */
function why({ running, modelVersion }: SetFacts, version: string): string {
  if (running.every((one) => one === version)) return words.modelSays(modelVersion);
  if (modelVersion.toLowerCase() === 'latest') return words.olderThanLatest(running);
  const [only, ...others] = running;
  return others.length === 0 ? words.runs(only ?? '') : words.runsSeveral(running);
}
