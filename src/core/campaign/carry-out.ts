import { isSameCaller } from '../access/caller.ts';
import { campaigns as words } from '../messages/campaigns.ts';
import { scaleSetKey } from '../spec/spec.ts';
import type { CampaignSet } from './campaign.ts';
import type { CampaignCommand } from './commands.ts';
import { objectionToCampaign, retriable } from './objections.ts';
import { changed, changedSet, endCampaign, settled } from './turn.ts';
import type { Draft } from './turn.ts';

/** Carries out what the command log asks for since it was last looked at; what is no longer possible is passed over. */
export function carryOut(draft: Draft, commands: readonly CampaignCommand[]): Draft {
  return commands
    .filter(({ sequence }) => sequence > draft.record.seenCommand)
    .reduce((at, command) => {
      const seen = { seenCommand: command.sequence };
      if (objectionToCampaign(command, at) !== undefined) return changed(at, seen);
      const { command: name, by, reason } = command;
      return carryOutOne(changed(at, seen, { message: words.commanded(name, by, reason), by }), command);
    }, draft);
}

function carryOutOne(draft: Draft, command: CampaignCommand): Draft {
  const { command: name, sequence, by, at, reason } = command;
  const why = reason === undefined ? {} : { reason };
  const steering = { steering: { sequence, by, ...why } };
  switch (name) {
    case 'pause':
      return changed(draft, { paused: { by, at, ...why }, ...steering });
    case 'resume':
      return changed(goesOn(draft), steering);
    case 'approve':
      return approved(draft, command);
    case 'reject':
      return rejected(draft, command);
    case 'skip':
      return skipped(draft, command);
    case 'retry':
      return changed(goesOn(retried(draft, command)), steering);
    case 'abort':
    case 'rollback':
      return changed(redirected(goesOn(draft), name === 'abort' ? 'stop' : 'rollback'), steering);
  }
}

function goesOn(draft: Draft): Draft {
  const { paused: _paused, ...record } = draft.record;
  return { ...draft, record };
}

/** From now on nothing begins any more in the direction before. */
export function redirected(draft: Draft, direction: 'rollback' | 'stop'): Draft {
  const event = { message: words.redirected(direction) };
  const phase = direction === 'rollback' ? { phase: 'rollingBack' as const } : {};
  return changed(calledOff(draft), { direction, ...phase }, event);
}

/** What waits for another rollout was never begun, so there is nothing to wait for. */
export function calledOff(draft: Draft): Draft {
  return draft.sets.reduce((at, set, index) => {
    if (set.againAt === undefined) return at;
    const phase = set.phase === 'undoing' ? failedBefore(set) : ('pending' as const);
    return changedSet(at, index, { ...settled(set), phase });
  }, draft);
}

function approved(draft: Draft, { by }: CampaignCommand): Draft {
  const { stage: index, stages } = draft.record;
  const stage = stages[index];
  const { approvedBy = [] } = stage ?? {};
  // fence I6: a person approves a stage once
  if (stage === undefined || approvedBy.some((one) => isSameCaller(one, by))) return draft;
  const name = draft.spec.stages[index]?.name ?? '';
  const next = stages.with(index, { ...stage, approvedBy: [...approvedBy, by] });
  return changed(draft, { stages: next }, { message: words.approved(name, by), stage: index, by });
}

function rejected(draft: Draft, { by }: CampaignCommand): Draft {
  const { stage } = draft.record;
  const message = words.rejected(draft.spec.stages[stage]?.name ?? '', by);
  const failure = { code: 'rejected', message, remedy: words.expiredRemedy, stage };
  return endCampaign(changed(draft, { failure }), 'rejected');
}

function isNamed({ scaleSets }: CampaignCommand, set: CampaignSet): boolean {
  return scaleSets === undefined || scaleSets.some((id) => scaleSetKey(id) === scaleSetKey(set.scaleSet));
}

function skipped(draft: Draft, command: CampaignCommand): Draft {
  const message = words.skippedBy(command.by, command.reason);
  return draft.sets.reduce((at, set, index) => {
    if (set.phase !== 'pending' || !isNamed(command, set)) return at;
    const next: CampaignSet = { ...settled(set), phase: 'skipped', code: 'skipped', message };
    return changedSet(at, index, next, { stage: set.stage, scaleSet: set.scaleSet, message });
  }, draft);
}

function retried(draft: Draft, command: CampaignCommand): Draft {
  const again = new Set(retriable(draft));
  const { failure: _failure, ...record } = draft.record;
  return draft.sets.reduce(
    (at, set, index) => {
      if (!again.has(set) || !isNamed(command, set)) return at;
      const { endedAt: _ended, undoId: _undo, ...rest } = settled(set);
      const phase = set.phase === 'failed' ? ('pending' as const) : failedBefore(set);
      return changedSet(at, index, { ...rest, phase });
    },
    { ...draft, record },
  );
}

/** What a set was before it could not be rolled back. */
function failedBefore({ end }: CampaignSet): 'succeeded' | 'failed' {
  return end === 'succeeded' ? 'succeeded' : 'failed';
}
