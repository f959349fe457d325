import type { Ports } from '../../activities/frame/ports.ts';
import type { Caller } from '../../core/access/caller.ts';
import type { Denial } from '../../core/access/rights.ts';
import { objectionToUndo } from '../../core/campaign/objections.ts';
import type { CampaignObjection } from '../../core/campaign/objections.ts';
import { denialOfUndo } from '../../core/campaign/rights.ts';
import type { StoredCampaign } from '../../store/campaigns.ts';
import type { Workflows } from '../workflows.ts';
import { acceptCampaign } from './accept-campaign.ts';
import type { AcceptedCampaign } from './accept-campaign.ts';
import { findCampaign } from './find-campaign.ts';

export interface AskedUndo {
  readonly id: string;
  readonly caller: Caller;
  readonly reason?: string | undefined;
  readonly key?: string | undefined;
}

export type Undone =
  | AcceptedCampaign
  | { readonly kind: 'noCampaign' }
  | { readonly kind: 'denied'; readonly denial: Denial }
  | { readonly kind: 'objection'; readonly objection: CampaignObjection; readonly campaign: StoredCampaign };

/** Starts a campaign that undoes one that has ended: the last stage first, in each the last scale set first. */
export async function undoCampaign(asked: AskedUndo, ports: Ports, workflows: Workflows): Promise<Undone> {
  const { id, caller, reason, key } = asked;
  const campaign = await findCampaign(id, ports, workflows);
  if (campaign === undefined) return { kind: 'noCampaign' };
  const denial = denialOfUndo(caller, campaign);
  if (denial !== undefined) return { kind: 'denied', denial };
  const objection = objectionToUndo(campaign);
  if (objection !== undefined) return { kind: 'objection', objection, campaign };
  const { reason: _reason, ...spec } = campaign.spec;
  const undo = { ...spec, ...(reason !== undefined && { reason }) };
  return acceptCampaign({ spec: undo, caller, key, rollbackOf: id }, ports, workflows);
}
