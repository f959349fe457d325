import type { Ports } from '../../activities/frame/ports.ts';
import { isOver } from '../../core/campaign/campaign.ts';
import type { CampaignRecord, CampaignSet } from '../../core/campaign/campaign.ts';
import { acts } from '../../core/messages/acts.ts';
import { listOldCampaigns, unlistCampaign } from '../../store/campaign-list.ts';
import { readCampaign, removeCampaignHead, removeCampaignRest } from '../../store/campaigns.ts';
import { dropKey, keyRowOf } from '../../store/keys.ts';
import { unfollow } from '../../store/notices.ts';
import { noteAct } from '../note-act.ts';
import type { Workflows } from '../workflows.ts';
import { startKeyOf, WITHDRAWN } from './start-key.ts';

/** What one go looks at and removes at most; each may have a thousand sets. */
const MOST_LOOKED_AT = 50;
const MOST_PURGED = 5;

/**
 * Removes campaigns that ended before this time, with all that is kept of them and their workflow's history. It may die
 * anywhere: a campaign goes from the list last, and whoever finds it there without its head removes the rest of it.
 */
export async function purgeCampaigns(
  ports: Pick<Ports, 'store' | 'clock'>,
  workflows: Workflows,
  before: number,
): Promise<void> {
  let purged = 0;
  for (const { id, row } of await listOldCampaigns(ports.store, before, MOST_LOOKED_AT)) {
    try {
      if (await purgeOne({ id, row }, { ports, workflows, before })) purged += 1;
    } catch (error) {
      // One that cannot be purged now must not keep the others from it.
      workflows.onTrouble(id, error);
    }
    if (purged === MOST_PURGED) return;
  }
}

interface Purge {
  readonly ports: Pick<Ports, 'store' | 'clock'>;
  readonly workflows: Workflows;
  readonly before: number;
}

async function purgeOne(
  { id, row }: { readonly id: string; readonly row: string },
  { ports, workflows, before }: Purge,
): Promise<boolean> {
  const { store } = ports;
  const found = await readCampaign(store, id);
  if (found !== undefined) {
    // fence V8: a campaign that runs, or has ended lately, stays
    if (!isOld(found.record, before)) return false;
    const workflow = await workflows.look(id);
    if (workflow.kind !== 'none') return false;
    if (workflow.how !== 'missing') await workflows.purge(id);
    await noteAct(ports, 'purgeIntended', { message: acts.campaignPurgeIntended(id) });
    await dropStartKeys(id, found.sets, ports);
    if (found.record.keyRow !== undefined) await dropKey(store, found.record.keyRow, id);
    await removeCampaignHead(store, id);
  }
  await removeCampaignRest(store, id);
  await unfollow(store, [id]);
  await unlistCampaign(store, row);
  return true;
}

function isOld({ phase, endedAt }: CampaignRecord, before: number): boolean {
  return isOver(phase) && endedAt !== undefined && Date.parse(endedAt) < before;
}

/** Those that stand for a start that was called off: the others go with their rollouts. */
async function dropStartKeys(
  id: string,
  sets: readonly CampaignSet[],
  { store }: Pick<Ports, 'store'>,
): Promise<void> {
  for (const { scaleSet, attempt } of sets)
    for (let number = 1; number <= attempt; number += 1)
      await dropKey(store, keyRowOf(startKeyOf(id, scaleSet, number)), WITHDRAWN);
}
