import { campaigns as words } from '../messages/campaigns.ts';
import { breachOf, spentBy } from './budget.ts';
import type { Breach } from './budget.ts';
import type { CampaignStage } from './campaign.ts';
import { calledOff, redirected } from './carry-out.ts';
import type { StageSpec } from './spec.ts';
import { isWaitingInVain, roomIn } from './room.ts';
import { changed, changedSet, endCampaign, isoOf } from './turn.ts';
import type { CampaignEvent, Draft } from './turn.ts';

/** One step of the stage that the campaign is in, as long as there is one to take. */
export function goForward(draft: Draft): Draft {
  const { stage: index, stages } = draft.record;
  const [stage, spec] = [stages[index], draft.spec.stages[index]];
  if (stage === undefined || spec === undefined) return endCampaign(draft, 'succeeded');
  switch (stage.phase) {
    case 'pending':
      return goForward(spec.approval === undefined ? begin(draft, spec) : ask(draft, spec, spec.approval));
    case 'waiting':
      return wait(draft, stage, spec);
    case 'running':
      return run(draft, spec);
    case 'soaking':
      return soak(draft, stage, spec);
    case 'succeeded':
      return goForward(changed(draft, { stage: index + 1 }));
    case 'failed':
      // It was retried, or it would be paused.
      return goForward(withStage(draft, { phase: 'running' }, { phase: 'running' }));
  }
}

function withStage(
  draft: Draft,
  stage: Partial<CampaignStage>,
  record: Partial<Draft['record']> = {},
  event?: CampaignEvent,
): Draft {
  const { stage: index, stages } = draft.record;
  const before = stages[index] ?? { phase: 'pending' };
  const told = event === undefined ? undefined : { stage: index, ...event };
  return changed(draft, { ...record, stages: stages.with(index, { ...before, ...stage }) }, told);
}

function ask(draft: Draft, { name }: StageSpec, approval: NonNullable<StageSpec['approval']>): Draft {
  const gateUntil = isoOf(draft.now + approval.timeoutSeconds * 1000);
  const stage = { phase: 'waiting' as const, gateSince: isoOf(draft.now), gateUntil };
  return withStage(draft, stage, { phase: 'waiting' }, { message: words.asked(name) });
}

function begin(draft: Draft, { name }: StageSpec): Draft {
  const stage = { phase: 'running' as const, startedAt: isoOf(draft.now) };
  return withStage(draft, stage, { phase: 'running' }, { message: words.stageBegan(name) });
}

function wait(draft: Draft, { approvedBy = [], gateUntil = '' }: CampaignStage, spec: StageSpec): Draft {
  // fence I6: a stage begins with as many approvals as its spec asks for
  if (approvedBy.length >= (spec.approval?.quorum ?? 1)) return goForward(begin(draft, spec));
  if (Date.parse(gateUntil) > draft.now) return draft;
  const [message, remedy] = [words.expired(spec.name), words.expiredRemedy];
  const failure = { code: 'approvalExpired', message, remedy, stage: draft.record.stage };
  return endCampaign(changed(draft, { failure }), 'rejected');
}

function run(draft: Draft, spec: StageSpec): Draft {
  const { stage } = draft.record;
  const own = draft.sets.filter((set) => set.stage === stage);
  const isBusy = own.some((set) => ['starting', 'running'].includes(set.phase) && set.againAt === undefined);
  const spent = spentBy(spec, own);
  // fence I21: a stage that has spent its budget begins no further set
  if (spent !== undefined) return isBusy ? calledOff(draft) : fail(draft, spent);
  if (isBusy || own.some((set) => set.phase === 'pending' || isWaitingInVain(set))) return fill(draft, spec);
  const breach = breachOf(spec, own);
  // fence I21: a stage ends well only within its budget
  if (breach !== undefined) return fail(draft, breach);
  const soakUntil = isoOf(draft.now + spec.soakSeconds * 1000);
  if (spec.soakSeconds === 0) return succeed(draft, spec);
  const event = { message: words.stageSoaks(spec.name, soakUntil) };
  return withStage(draft, { phase: 'soaking', soakUntil }, { phase: 'soaking' }, event);
}

/** Begins as many sets as there is room for in the stage and in their groups. */
function fill(draft: Draft, spec: StageSpec): Draft {
  const room = roomIn(draft, spec, draft.record.stage);
  return draft.sets.reduce((at, set, index) => {
    const isDue =
      set.phase === 'pending' || (isWaitingInVain(set) && Date.parse(set.againAt ?? '') <= draft.now);
    if (set.stage !== draft.record.stage || !isDue || !room.take(set.group)) return at;
    const { againAt: _again, ...rest } = set;
    const attempt = set.phase === 'pending' ? set.attempt + 1 : set.attempt;
    return changedSet(at, index, { ...rest, phase: 'starting', attempt });
  }, draft);
}

function soak(draft: Draft, { soakUntil = '' }: CampaignStage, spec: StageSpec): Draft {
  return Date.parse(soakUntil) > draft.now ? draft : succeed(draft, spec);
}

function succeed(draft: Draft, { name }: StageSpec): Draft {
  const stage = { phase: 'succeeded' as const, endedAt: isoOf(draft.now) };
  return goForward(withStage(draft, stage, {}, { message: words.stageEnded(name) }));
}

/** What becomes of a campaign whose stage cannot end well. */
function fail(draft: Draft, { code, message }: Breach): Draft {
  const { record, spec } = draft;
  const failure = { code, message, remedy: words.budgetRemedy(record.id), stage: record.stage };
  const failed = withStage(draft, { phase: 'failed' }, { failure }, { message });
  switch (spec.onFailure) {
    case 'pause':
      return changed(failed, { paused: { at: isoOf(draft.now), reason: message } });
    case 'halt':
      return endCampaign(failed, 'halted');
    case 'rollback':
      return redirected(failed, 'rollback');
  }
}
