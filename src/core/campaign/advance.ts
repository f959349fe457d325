import { rollBack, stop } from './back.ts';
import { carryOut } from './carry-out.ts';
import type { Campaign, CampaignRecord, CampaignSet } from './campaign.ts';
import { isOver } from './campaign.ts';
import { goForward } from './forward.ts';
import { takeIn } from './take-in.ts';
import type { Act, Draft, Seen } from './turn.ts';

/** At most so many acts in one turn of the workflow. */
const MOST_ACTS = 40;

/** How often rollouts that run are looked at, and what nothing runs of but a person may wake. */
const FOLLOW_SECONDS = 30;
const LONGEST_SECONDS = 86_400;

export interface Turn {
  readonly draft: Draft;
  readonly acts: readonly Act[];
  /** How long to sleep where there is nothing to do. */
  readonly seconds: number;
}

/** What comes next in a campaign, by all that is seen of it. */
export function advance(campaign: Campaign, seen: Seen): Turn {
  const { now, commands } = seen;
  const known = carryOut(takeIn({ ...campaign, now, events: [] }, seen), commands);
  const draft = isOver(known.record.phase) ? known : stepOn(known);
  const acts = isOver(draft.record.phase) ? [] : actsOf(draft).slice(0, MOST_ACTS);
  return { draft, acts, seconds: acts.length > 0 ? 0 : secondsUntilNext(draft) };
}

/** A stage that has failed may send the campaign back at once. */
function stepOn(draft: Draft): Draft {
  const next = step(draft);
  return next.record.direction === draft.record.direction || isOver(next.record.phase) ? next : step(next);
}

function step(draft: Draft): Draft {
  // fence I1: a paused campaign begins nothing
  if (draft.record.paused !== undefined) return draft;
  switch (draft.record.direction) {
    case 'forward':
      return goForward(draft);
    case 'rollback':
      return rollBack(draft);
    case 'stop':
      return stop(draft);
  }
}

function actsOf({ record, sets }: Draft): readonly Act[] {
  return sets.flatMap((set, index): readonly Act[] => {
    if (set.phase === 'starting' && set.againAt === undefined)
      return [{ set: index, verb: 'start', number: set.attempt }];
    const isIntended = set.phase === 'undoing' && set.undoId === undefined;
    if (isIntended && set.againAt === undefined) return [{ set: index, verb: 'undo', number: set.attempt }];
    const order = isIntended ? undefined : orderFor(set, record);
    return order === undefined ? [] : [{ set: index, ...order }];
  });
}

/** What the rollout of a set is still to be told. */
function orderFor(set: CampaignSet, record: CampaignRecord): Pick<Act, 'verb' | 'number'> | undefined {
  if (set.phase !== 'running' && set.phase !== 'undoing') return undefined;
  const order = orderOf(set, record);
  return order === undefined || set.told === toldAs(order) ? undefined : order;
}

function orderOf(
  { phase, told }: CampaignSet,
  { direction, paused, steering }: CampaignRecord,
): Pick<Act, 'verb' | 'number'> | undefined {
  const number = steering?.sequence ?? 0;
  if (paused?.by !== undefined) return { verb: 'pause', number };
  if (direction === 'stop') return { verb: 'abort', number };
  if (direction === 'rollback' && phase === 'running') return { verb: 'rollback', number };
  return told?.startsWith('pause') === true ? { verb: 'resume', number } : undefined;
}

/** How it is noted that a rollout was told so. */
export function toldAs({ verb, number }: Pick<Act, 'verb' | 'number'>): string {
  return `${verb} ${number}`;
}

function secondsUntilNext({ record, sets, now }: Draft): number {
  if (sets.some(({ phase, rolloutId, undoId }) => isFollowed(phase, rolloutId, undoId)))
    return FOLLOW_SECONDS;
  const stage = record.stages[record.stage];
  const times = [
    ...(record.paused === undefined ? [stage?.soakUntil, stage?.gateUntil] : []),
    ...sets.map(({ againAt }) => againAt),
  ];
  const next = times.map((time) => Date.parse(time ?? '')).filter((time) => time > now);
  return Math.min(LONGEST_SECONDS, ...next.map((time) => Math.ceil((time - now) / 1000)));
}

function isFollowed(phase: CampaignSet['phase'], rolloutId?: string, undoId?: string): boolean {
  return (phase === 'running' && rolloutId !== undefined) || (phase === 'undoing' && undoId !== undefined);
}
