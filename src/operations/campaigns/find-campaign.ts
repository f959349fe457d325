import type { Ports } from '../../activities/frame/ports.ts';
import { isOver } from '../../core/campaign/campaign.ts';
import { campaignRevived } from '../../core/campaign/notices.ts';
import { forgetLiveCampaign, listCampaign, listCampaigns, liveCampaigns } from '../../store/campaign-list.ts';
import { readCampaign, readCampaignEvents } from '../../store/campaigns.ts';
import { putIntoOutbox } from '../../store/outbox.ts';
import type { KeptEvent, StoredCampaign } from '../../store/campaigns.ts';
import { tellCampaignOverdue } from '../tell-overdue.ts';
import type { Workflows } from '../workflows.ts';

/** A start that died before it had written the campaign down is forgotten after this time. */
const STARTING_MS = 15 * 60_000;

const isId = (id: string): boolean => /^c-[\w-]{1,60}$/.test(id);

/** The campaign of this id; if its workflow is dead, whoever asks for it sets it going again. */
export async function findCampaign(
  id: string,
  { store }: Ports,
  workflows: Workflows,
): Promise<StoredCampaign | undefined> {
  const found = isId(id) ? await readCampaign(store, id) : undefined;
  if (found === undefined) return undefined;
  try {
    await recoverCampaign(found, workflows);
  } catch (error) {
    // What was asked for can be answered nevertheless, and the timer tries again.
    workflows.onTrouble(id, error);
  }
  return found;
}

export type FoundCampaign = StoredCampaign;

/** What happened in a campaign, oldest first. */
export async function findCampaignEvents(id: string, { store }: Ports): Promise<readonly KeptEvent[]> {
  return readCampaignEvents(store, id);
}

export interface CampaignPage {
  readonly found: readonly StoredCampaign[];
  /** Where to go on; absent where there is no more. */
  readonly next?: string;
}

/** Campaigns, newest first. */
export async function searchCampaigns(
  { top, after }: { readonly top: number; readonly after?: string | undefined },
  { store }: Ports,
): Promise<CampaignPage> {
  const listed = await listCampaigns(store, top, after);
  const read = await Promise.all(listed.map(({ id }) => readCampaign(store, id)));
  const found = read.filter((one) => one !== undefined);
  const next = listed.length === top ? listed.at(-1)?.row : undefined;
  return { found, ...(next !== undefined && { next }) };
}

/** All that its workflow has done is in the records, so a new one comes past it. */
async function recoverCampaign({ record }: StoredCampaign, workflows: Workflows): Promise<boolean> {
  if (isOver(record.phase) || (await workflows.look(record.id)).kind !== 'none') return false;
  // A campaign whose workflow is missing is started again
  await workflows.start({ id: record.id, runbook: 'campaign' });
  return true;
}

/** Looks after every campaign that has not ended, and tells of those whose workflow was lost. */
export async function reviveCampaigns(
  ports: Ports,
  workflows: Workflows,
  tell: (campaign: string) => void,
): Promise<void> {
  const { store, clock } = ports;
  for (const { id, createdAt } of await liveCampaigns(store)) {
    try {
      const found = await readCampaign(store, id);
      if (found === undefined) {
        if (clock.now() - Date.parse(createdAt) > STARTING_MS) await forgetLiveCampaign(store, id);
        continue;
      }
      await listCampaign(store, found.record);
      if (isOver(found.record.phase)) {
        await forgetLiveCampaign(store, id);
        continue;
      }
      if (await recoverCampaign(found, workflows)) {
        tell(id);
        const at = new Date(clock.now()).toISOString();
        await putIntoOutbox(store, id, { ...campaignRevived(found.record, at), at });
      }
      await tellCampaignOverdue(found, ports);
    } catch (error) {
      // One that cannot be helped now must not keep the others from it.
      workflows.onTrouble(id, error);
    }
  }
}
