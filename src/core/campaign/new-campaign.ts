import type { Caller } from '../access/caller.ts';
import type { CampaignRecord } from './campaign.ts';
import type { CampaignSpec } from './spec.ts';
import { starterFrom } from './starter.ts';

/** The record of a campaign that was just accepted. */
export function newCampaign(
  spec: CampaignSpec,
  accepted: Pick<CampaignRecord, 'id' | 'createdAt' | 'rollbackOf' | 'keyRow'> & { readonly caller: Caller },
): CampaignRecord {
  const { caller, ...rest } = accepted;
  return {
    ...rest,
    requestedBy: caller.name,
    starter: starterFrom(caller),
    phase: 'accepted',
    direction: accepted.rollbackOf === undefined ? 'forward' : 'rollback',
    stage: 0,
    stages: spec.stages.map(() => ({ phase: 'pending' as const })),
    seenCommand: 0,
    lastEvent: 0,
  };
}
