const WHOLE = /^\d{8}-\d{6}-[\da-f]{8}$/;
const WHOLE_CAMPAIGN = /^c-\d{8}-\d{6}-[\da-f]{8}$/;

/** Whether it is all of a rollout's id. */
export function isWholeId(id: string): boolean {
  return WHOLE.test(id);
}

/** Whether it is all of a campaign's id. */
export function isWholeCampaignId(id: string): boolean {
  return WHOLE_CAMPAIGN.test(id);
}

/** The part of an id that tells it from others: short enough to be typed. */
export function shortIdOf(id: string): string {
  return isWholeId(id) || isWholeCampaignId(id) ? lastPartOf(id) : id;
}

export function lastPartOf(id: string): string {
  return id.split('-').at(-1) ?? id;
}
