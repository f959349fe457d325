import type { Ports } from '../../activities/frame/ports.ts';
import { parseScaleSetId } from '../../azure/address.ts';
import type { CampaignSet } from '../../core/campaign/campaign.ts';
import { takeShare } from '../../store/shares.ts';

/**
 * Azure reads 360 pages of instances a minute for a subscription in a region, and keeps 1,080 in store (arm-vmss.md 3.6).
 * A set that is at work reads its list about twice a minute; a fifth is left to looks before a write, and to others.
 */
const PAGES_A_MINUTE = 360;
const READS_A_MINUTE = 2;
const RESERVE = 0.2;
const MOST_PAGES = Math.floor((PAGES_A_MINUTE * (1 - RESERVE)) / READS_A_MINUTE);
const LEAST_LEFT = PAGES_A_MINUTE * 3 * RESERVE;

const PAGE = 100;

/** What the service has said is old after this time: what others take of it comes back. */
const RECENT_MS = 60_000;

/** Whether a set may begin now without throttling those that are at work. */
export async function mayBegin(
  { scaleSet, capacity = 0, location = '' }: CampaignSet,
  { store, compute, clock }: Ports,
): Promise<boolean> {
  const { subscriptionId = '' } = parseScaleSetId(scaleSet) ?? {};
  const now = clock.now();
  const said = compute.listsLeft(subscriptionId);
  // Somebody else in the subscription reads a lot: what runs goes on, and nothing is added to it.
  const isOpen = said === undefined || now - said.at >= RECENT_MS || said.left >= LEAST_LEFT;
  const pages = Math.max(1, Math.ceil(capacity / PAGE));
  return takeShare(store, { subscriptionId, location, scaleSet, pages }, { most: MOST_PAGES, now, isOpen });
}
