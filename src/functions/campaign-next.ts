import type { Caller } from '../core/access/caller.ts';
import type { Campaign } from '../core/campaign/campaign.ts';
import type { CampaignCommandName } from '../core/campaign/commands.ts';
import { campaignNext, objectionToCampaign, objectionToUndo } from '../core/campaign/objections.ts';
import { denialOfCampaign, denialOfUndo } from '../core/campaign/rights.ts';
import type { CampaignSummary } from './api/campaign.ts';
import type { Answer } from './api/parts.ts';

type Next = Answer<typeof CampaignSummary>['next'];

/** What this caller may do to a campaign now. */
export function nextOf(campaign: Campaign, caller: Caller): Next {
  const { stage } = campaign.record;
  const denied = new Set(deniedIn(campaign, caller).map(({ command }) => command));
  const next = campaignNext(campaign).flatMap((command): Next =>
    denied.has(command)
      ? []
      : [{ command, ...((command === 'approve' || command === 'reject') && { stage }) }],
  );
  const isUndone = objectionToUndo(campaign) === undefined && !denied.has('undo');
  return isUndone ? [...next, { command: 'undo' }] : next;
}

/** What is possible now, but not for this caller, and why. */
export function deniedIn(
  campaign: Campaign,
  caller: Caller,
): readonly { readonly command: CampaignCommandName | 'undo'; readonly message: string }[] {
  const denied = campaignNext(campaign).flatMap((command) => {
    const message =
      denialOfCampaign(command, caller, campaign)?.message ??
      objectionToCampaign({ command, by: caller.name }, campaign)?.message;
    return message === undefined ? [] : [{ command, message }];
  });
  if (objectionToUndo(campaign) !== undefined) return denied;
  const message = denialOfUndo(caller, campaign)?.message;
  return message === undefined ? denied : [...denied, { command: 'undo', message }];
}
