import { campaigns as words } from '../messages/campaigns.ts';
import type { EndPhase, Phase } from '../record/phase.ts';
import type { Campaign, CampaignEnd, CampaignRecord, CampaignSet } from './campaign.ts';
import type { CampaignCommand } from './commands.ts';

/** One thing that an activity does for a set, and says how it went. */
export interface Act {
  /** Its index among the sets. */
  readonly set: number;
  readonly verb: 'start' | 'undo' | 'pause' | 'resume' | 'rollback' | 'abort';
  /** Of the set for `start` and `undo`, else the command's. */
  readonly number: number;
}

/** How an act went; one that could not be done now is simply decided again. */
export type ActResult =
  | { readonly set: number; readonly number: number; readonly kind: 'accepted'; readonly rolloutId: string }
  | { readonly set: number; readonly number: number; readonly kind: 'busy'; readonly holder: string }
  | {
      readonly set: number;
      readonly number: number;
      readonly kind: 'refused';
      readonly code: string;
      readonly message: string;
    }
  /** Azure would throttle what runs already. */
  | { readonly set: number; readonly number: number; readonly kind: 'crowded' }
  /** It was no longer wanted when it came to it. */
  | { readonly set: number; readonly number: number; readonly kind: 'withdrawn' }
  | { readonly set: number; readonly number: number; readonly kind: 'told'; readonly told: string };

/** What is seen of a rollout that the campaign follows. */
export interface SeenRollout {
  readonly phase: Phase;
  readonly isNoop: boolean;
  readonly leavesSomething: boolean;
  readonly why?: string;
}

/** All that a turn of a campaign is decided by. */
export interface Seen {
  readonly now: number;
  readonly commands: readonly CampaignCommand[];
  /** By their id; `null` where it is gone. */
  readonly rollouts: ReadonlyMap<string, SeenRollout | null>;
  readonly results: readonly ActResult[];
}

export interface CampaignEvent {
  readonly message: string;
  readonly stage?: number;
  readonly scaleSet?: string;
  readonly by?: string;
}

/** A campaign while a turn is decided, with what has happened to it so far. */
export interface Draft extends Campaign {
  readonly now: number;
  readonly events: readonly CampaignEvent[];
}

export const isoOf = (now: number): string => new Date(now).toISOString();

export function changed(draft: Draft, record: Partial<CampaignRecord>, event?: CampaignEvent): Draft {
  return { ...draft, record: { ...draft.record, ...record }, events: withEvent(draft, event) };
}

export function changedSet(draft: Draft, index: number, set: CampaignSet, event?: CampaignEvent): Draft {
  return { ...draft, sets: draft.sets.with(index, set), events: withEvent(draft, event) };
}

function withEvent({ events }: Draft, event: CampaignEvent | undefined): Draft['events'] {
  return event === undefined ? events : [...events, event];
}

/** The campaign has ended, and nothing of it runs any more. */
export function endCampaign(draft: Draft, phase: CampaignEnd): Draft {
  const { paused: _paused, ...record } = draft.record;
  const ended = { phase, endedAt: isoOf(draft.now) };
  return changed({ ...draft, record }, ended, { message: words.ended(phase) });
}

/** Without the fields of a wait or a try that is over. */
export function settled({
  busySince: _since,
  againAt: _again,
  code: _code,
  message: _message,
  told: _told,
  ...set
}: CampaignSet): CampaignSet {
  return set;
}

/** What a set is called in a sentence. */
export function shortName({ scaleSet }: Pick<CampaignSet, 'scaleSet'>): string {
  return scaleSet.split('/').at(-1) ?? scaleSet;
}

/** Whether a rollout that ended so, or was left so, is to be undone. */
export function isTouchedBy(end: EndPhase, { isNoop, leavesSomething }: SeenRollout): boolean {
  if (isNoop || end === 'refused' || end === 'rolledBack') return false;
  return end === 'succeeded' || leavesSomething;
}
