import { CAMPAIGN_COMMANDS } from '../../core/campaign/commands.ts';
import type { CampaignCommandName } from '../../core/campaign/commands.ts';
import { CampaignQuery } from '../read-campaigns.ts';
import { read } from './operation.ts';
import type { Operation } from './operation.ts';

const ofCampaign = { group: 'campaigns' } as const;

/** Of campaigns, but for their commands. */
export const CAMPAIGN_OPERATIONS = {
  startCampaign: {
    ...ofCampaign,
    right: 'start',
    method: 'POST',
    path: 'campaigns',
    header: 'Idempotency-Key',
    body: 'CampaignSpec',
    status: 202,
    answer: 'Campaign',
    problems: [422, 502],
  },
  planCampaign: {
    ...ofCampaign,
    right: 'plan',
    method: 'POST',
    path: 'campaign-plans',
    body: 'CampaignSpec',
    status: 200,
    answer: 'CampaignPlan',
    problems: [422, 502],
  },
  getCampaigns: read('campaigns', 'CampaignPage', { ...ofCampaign, query: CampaignQuery, problems: [] }),
  getCampaign: read('campaigns/{id}', 'Campaign', ofCampaign),
  undoCampaign: {
    ...ofCampaign,
    right: 'rollback',
    method: 'POST',
    path: 'campaigns/{id}/undo',
    header: 'Idempotency-Key',
    body: 'CampaignUndoBody',
    mayBeEmpty: true,
    status: 202,
    answer: 'Campaign',
    problems: [404, 409, 422],
  },
  getCampaignEvents: read('campaigns/{id}/events', 'CampaignEvents', ofCampaign),
} as const satisfies Record<string, Operation>;

export type CampaignOperation = `${CampaignCommandName}Campaign`;

/** The operation of a command for a campaign. */
export function campaignCommand(name: CampaignCommandName): Operation {
  return {
    ...ofCampaign,
    right: name,
    method: 'POST',
    path: `campaigns/{id}/${name}`,
    header: 'Idempotency-Key',
    body: 'CampaignCommandBody',
    mayBeEmpty: true,
    status: 202,
    answer: 'Campaign',
    problems: [404, 409, 422],
  };
}

/** One of something for the operation of each command for a campaign. */
export function ofCampaignCommands<T>(
  make: (name: CampaignCommandName) => T,
): Readonly<Record<CampaignOperation, T>> {
  const made: Partial<Record<CampaignOperation, T>> = {};
  for (const name of CAMPAIGN_COMMANDS) made[`${name}Campaign`] = make(name);
  return made as Record<CampaignOperation, T>;
}
