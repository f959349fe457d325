import { isSameCaller } from '../access/caller.ts';
import { campaigns as words } from '../messages/campaigns.ts';
import { scaleSetKey } from '../spec/spec.ts';
import { isOver } from './campaign.ts';
import type { Campaign, CampaignSet } from './campaign.ts';
import { CAMPAIGN_COMMANDS } from './commands.ts';
import type { CampaignCommand, CampaignCommandName } from './commands.ts';
import { setsToUndo } from './undo.ts';

export interface CampaignObjection {
  readonly code: 'wrongPhase' | 'ownApproval';
  readonly message: string;
}

type Asked = Pick<CampaignCommand, 'command' | 'by' | 'stage' | 'scaleSets'>;

const wrong = (message: string): CampaignObjection => ({ code: 'wrongPhase', message });

/** What speaks against a command just now, if anything. */
export function objectionToCampaign(asked: Asked, campaign: Campaign): CampaignObjection | undefined {
  const { record } = campaign;
  if (isOver(record.phase)) return wrong(words.hasEnded(record.phase));
  if (record.direction === 'stop') return wrong(words.isStopping);
  switch (asked.command) {
    case 'pause':
    case 'abort':
      return undefined;
    case 'resume':
      if (record.paused === undefined) return wrong(words.notPaused);
      return record.paused.by === undefined ? wrong(words.pausedByFailure) : undefined;
    case 'approve':
      return objectionToGate(asked, campaign) ?? objectionToApproval(asked, campaign);
    case 'reject':
      return objectionToGate(asked, campaign);
    case 'rollback':
      if (record.direction === 'rollback') return wrong(words.isRollingBack);
      return isBegun(campaign) ? undefined : wrong(words.notPlanned);
    case 'retry':
      return retriable(campaign).length === 0 ? wrong(words.nothingFailed) : undefined;
    case 'skip':
      return record.direction === 'rollback' ? wrong(words.isRollingBack) : undefined;
  }
}

/** What speaks against undoing it as a whole after its end. */
export function objectionToUndo({ record, sets }: Campaign): CampaignObjection | undefined {
  if (!isOver(record.phase)) return wrong(words.notEnded);
  return setsToUndo(sets).length === 0 ? wrong(words.nothingToUndo) : undefined;
}

function isBegun({ record }: Campaign): boolean {
  return record.phase !== 'accepted' && record.phase !== 'planning';
}

function objectionToGate({ stage }: Asked, { record }: Campaign): CampaignObjection | undefined {
  if (record.direction !== 'forward' || record.stages[record.stage]?.phase !== 'waiting')
    return wrong(words.noGate);
  return stage !== undefined && stage !== record.stage ? wrong(words.otherGate(stage)) : undefined;
}

function objectionToApproval({ by }: Asked, { record, spec }: Campaign): CampaignObjection | undefined {
  const isOwn = isSameCaller(by, record.requestedBy);
  // fence I6: a stage is not approved by whoever requested the campaign
  if (isOwn && spec.stages[record.stage]?.approval?.allowRequester === false)
    return { code: 'ownApproval', message: words.ownApproval };
  return undefined;
}

/** Sets that may be tried once more: those of this stage that have failed, or those that could not be rolled back. */
export function retriable({ record, sets }: Campaign): readonly CampaignSet[] {
  if (record.direction === 'rollback') return sets.filter(({ phase }) => phase === 'undoFailed');
  return sets.filter(({ phase, stage }) => phase === 'failed' && stage === record.stage);
}

export interface WrongSet {
  readonly path: string;
  readonly message: string;
}

/** The scale sets of a command that it cannot mean, each with its path. */
export function wrongSets({ command, scaleSets = [] }: Asked, campaign: Campaign): readonly WrongSet[] {
  const known = new Map(campaign.sets.map((set) => [scaleSetKey(set.scaleSet), set]));
  const failed = new Set(retriable(campaign));
  return scaleSets.flatMap((id, index): readonly WrongSet[] => {
    const set = known.get(scaleSetKey(id));
    const path = `scaleSets.${index}`;
    if (set === undefined) return [{ path, message: words.unknownSet }];
    if (command === 'retry' && !failed.has(set)) return [{ path, message: words.notFailed }];
    if (command === 'skip' && set.phase !== 'pending' && set.phase !== 'skipped')
      return [{ path, message: words.notPending }];
    return [];
  });
}

/** What may be asked of it now, whoever asks. */
export function campaignNext(campaign: Campaign): readonly CampaignCommandName[] {
  const { record, sets } = campaign;
  return CAMPAIGN_COMMANDS.filter((command) => {
    if (objectionToCampaign({ command, by: '' }, campaign) !== undefined) return false;
    if (command === 'pause') return record.paused === undefined;
    return command !== 'skip' || sets.some(({ phase }) => phase === 'pending');
  });
}
