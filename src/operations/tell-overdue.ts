import type { Ports } from '../activities/frame/ports.ts';
import { campaignOverdue } from '../core/campaign/notices.ts';
import { overdueOf } from '../core/notices/overdue.ts';
import type { Overdue } from '../core/notices/overdue.ts';
import type { StoredCampaign } from '../store/campaigns.ts';
import { readNoticeSettings } from '../store/notice-settings.ts';
import { noteTold, readTold } from '../store/notices.ts';
import { putIntoOutbox } from '../store/outbox.ts';
import type { StoredRollout } from '../store/rollouts.ts';

/**
 * Puts into the outbox what the passing of time has to tell of these rollouts. What was put there is noted after that:
 * whoever dies in between tells it once more, under the same id.
 */
export async function tellOverdue(
  rollouts: readonly StoredRollout[],
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
): Promise<void> {
  const { settings } = await readNoticeSettings(store);
  if (settings.routes.length === 0) return;
  const now = clock.now();
  for (const { record, commands } of rollouts)
    await tell(record.id, overdueOf(record, commands, { settings, now }), { store, now });
}

/** The same of a campaign that has not ended. */
export async function tellCampaignOverdue(
  campaign: StoredCampaign,
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
): Promise<void> {
  const { settings } = await readNoticeSettings(store);
  if (settings.routes.length === 0) return;
  const now = clock.now();
  await tell(campaign.record.id, campaignOverdue(campaign, { settings, now }), { store, now });
}

async function tell(
  id: string,
  due: readonly Overdue[],
  { store, now }: Pick<Ports, 'store'> & { readonly now: number },
): Promise<void> {
  if (due.length === 0) return;
  const told = await readTold(store, id);
  const fresh = due.filter(({ name }) => !told.includes(name));
  if (fresh.length === 0) return;
  const at = new Date(now).toISOString();
  for (const one of fresh) await putIntoOutbox(store, id, { ...one, at });
  await noteTold(store, id, [...told, ...fresh.map(({ name }) => name)].slice(-MOST_NOTED));
}

/** More than can be due at any one time. */
const MOST_NOTED = 50;
