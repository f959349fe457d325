import { campaigns as words } from '../messages/campaigns.ts';
import { isEnded } from '../record/phase.ts';
import type { CampaignSet } from './campaign.ts';
import { changedSet, isoOf, isTouchedBy, settled, shortName } from './turn.ts';
import type { ActResult, Draft, Seen, SeenRollout } from './turn.ts';

/** What waits only for another rollout is tried again so soon. */
const AGAIN_MS = 60_000;

/** Takes in how the acts of the last turn went, and how the rollouts have ended that it follows. */
export function takeIn(draft: Draft, { results, rollouts }: Pick<Seen, 'results' | 'rollouts'>): Draft {
  const told = results.reduce(withResult, draft);
  return told.sets.reduce((at, set, index) => withEnd(at, { set, index, rollouts }), told);
}

function withResult(draft: Draft, result: ActResult): Draft {
  const set = draft.sets[result.set];
  if (set === undefined) return draft;
  if (result.kind === 'told') return changedSet(draft, result.set, { ...set, told: result.told });
  const isStart = set.phase === 'starting';
  const isUndo = set.phase === 'undoing' && set.undoId === undefined;
  if ((!isStart && !isUndo) || result.number !== set.attempt) return draft;
  return isStart ? started(draft, set, result) : undone(draft, set, result);
}

function started(draft: Draft, set: CampaignSet, result: Exclude<ActResult, { kind: 'told' }>): Draft {
  const at = isoOf(draft.now);
  const of = { stage: set.stage, scaleSet: set.scaleSet };
  switch (result.kind) {
    case 'accepted': {
      const { rolloutId } = result;
      const message = words.setBegan(shortName(set), rolloutId);
      const { end: _end, isTouched: _touched, endedAt: _ended, ...rest } = settled(set);
      const next: CampaignSet = { ...rest, phase: 'running', rolloutId, startedAt: at };
      return changedSet(draft, result.set, next, { ...of, message });
    }
    case 'withdrawn':
      return changedSet(draft, result.set, { ...settled(set), phase: 'pending' });
    case 'refused': {
      const { code, message } = result;
      const next: CampaignSet = { ...settled(set), phase: 'failed', code, message, endedAt: at };
      return changedSet(draft, result.set, next, {
        ...of,
        message: words.setRefused(shortName(set), message),
      });
    }
    case 'crowded':
      return crowded(draft, set, result.set);
    case 'busy':
      return busy(draft, set, result);
  }
}

/** It is begun when there is room, however long that takes. */
function crowded(draft: Draft, set: CampaignSet, index: number): Draft {
  const againAt = isoOf(draft.now + AGAIN_MS);
  return changedSet(draft, index, { ...settled(set), againAt, code: 'throttling', message: words.crowded });
}

function busy(
  draft: Draft,
  set: CampaignSet,
  { set: index, holder }: Extract<ActResult, { kind: 'busy' }>,
): Draft {
  const at = isoOf(draft.now);
  const { busySince = at } = set;
  const { busySeconds } = draft.spec;
  if (draft.now - Date.parse(busySince) >= busySeconds * 1000) {
    const message = words.busyTooLong(holder, busySeconds);
    const phase = set.phase === 'undoing' ? ('undoFailed' as const) : ('failed' as const);
    const next: CampaignSet = { ...settled(set), phase, code: 'scaleSetBusy', message, endedAt: at };
    return changedSet(draft, index, next, { stage: set.stage, scaleSet: set.scaleSet, message });
  }
  const againAt = isoOf(draft.now + AGAIN_MS);
  return changedSet(draft, index, {
    ...set,
    busySince,
    againAt,
    code: 'scaleSetBusy',
    message: words.busy(holder),
  });
}

function undone(draft: Draft, set: CampaignSet, result: Exclude<ActResult, { kind: 'told' }>): Draft {
  const of = { stage: set.stage, scaleSet: set.scaleSet };
  switch (result.kind) {
    case 'accepted': {
      const undoId = result.rolloutId;
      const message = words.undoBegan(shortName(set), undoId);
      return changedSet(draft, result.set, { ...settled(set), undoId }, { ...of, message });
    }
    case 'withdrawn': {
      const phase = set.end === 'succeeded' ? ('succeeded' as const) : ('failed' as const);
      return changedSet(draft, result.set, { ...settled(set), phase });
    }
    case 'refused': {
      const { code, message } = result;
      const next: CampaignSet = { ...settled(set), phase: 'undoFailed', code, message };
      return changedSet(draft, result.set, next, {
        ...of,
        message: words.setRefused(shortName(set), message),
      });
    }
    case 'crowded':
      return crowded(draft, set, result.set);
    case 'busy':
      return busy(draft, set, result);
  }
}

interface Followed {
  readonly set: CampaignSet;
  readonly index: number;
  readonly rollouts: Seen['rollouts'];
}

function withEnd(draft: Draft, { set, index, rollouts }: Followed): Draft {
  const id = followedBy(set);
  const seen = id === undefined ? undefined : rollouts.get(id);
  if (id === undefined || seen === undefined) return draft;
  const isUndo = set.phase === 'undoing';
  if (seen === null) {
    const phase = isUndo ? ('undoFailed' as const) : ('failed' as const);
    return ended(draft, index, { ...set, phase, code: 'rolloutGone', message: words.rolloutGone(id) });
  }
  return isUndo
    ? withUndoEnd(draft, { set, index, id, seen })
    : withForwardEnd(draft, { set, index, id, seen });
}

/** The rollout that decides what becomes of a set. */
export function followedBy({ phase, rolloutId, undoId }: CampaignSet): string | undefined {
  if (phase === 'running') return rolloutId;
  return phase === 'undoing' ? undoId : undefined;
}

interface EndSeen {
  readonly set: CampaignSet;
  readonly index: number;
  readonly id: string;
  readonly seen: SeenRollout;
}

function withForwardEnd(draft: Draft, { set, index, id, seen }: EndSeen): Draft {
  const { phase: end, why } = seen;
  if (!isEnded(end)) return draft;
  const known = { end, ...(isTouchedBy(end, seen) && { isTouched: true as const }) };
  if (end === 'succeeded') return ended(draft, index, { ...settled(set), ...known, phase: 'succeeded' });
  const message = words.rolloutEnded(id, end, why);
  const phase = draft.record.direction === 'rollback' && end === 'rolledBack' ? 'rolledBack' : 'failed';
  return ended(draft, index, { ...settled(set), ...known, phase, code: end, message });
}

function withUndoEnd(draft: Draft, { set, index, id, seen: { phase: end, why } }: EndSeen): Draft {
  if (!isEnded(end)) return draft;
  if (end === 'succeeded') {
    const { isTouched: _touched, ...rest } = settled(set);
    return ended(draft, index, { ...rest, phase: 'rolledBack' });
  }
  const message = words.rolloutEnded(id, end, why);
  return ended(draft, index, { ...settled(set), phase: 'undoFailed', code: end, message });
}

function ended(draft: Draft, index: number, set: CampaignSet): Draft {
  const { stage, scaleSet, phase } = set;
  const message = set.message ?? words.setEnded(shortName(set), phase);
  return changedSet(draft, index, { ...set, endedAt: isoOf(draft.now) }, { stage, scaleSet, message });
}
