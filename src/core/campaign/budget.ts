import { campaigns as words } from '../messages/campaigns.ts';
import { countSets } from './campaign.ts';
import type { CampaignSet } from './campaign.ts';
import type { StageSpec } from './spec.ts';

/** How many sets of a stage may fail: the share of all that it may attempt, or fewer where the spec says so. */
export function allowedFailures(
  { minSuccessPercent, maxFailures = Infinity }: StageSpec,
  sets: readonly CampaignSet[],
): number {
  const { total, skipped } = countSets(sets);
  return Math.min(maxFailures, Math.floor(((total - skipped) * (100 - minSuccessPercent)) / 100));
}

export interface Breach {
  readonly code: 'budgetSpent' | 'belowSuccessRate' | 'nothingAttempted';
  readonly message: string;
}

/** Whether more sets of a stage have failed than may. */
export function spentBy(spec: StageSpec, sets: readonly CampaignSet[]): Breach | undefined {
  const { failed } = countSets(sets);
  const allowed = allowedFailures(spec, sets);
  if (failed <= allowed) return undefined;
  return { code: 'budgetSpent', message: words.budgetSpent(spec.name, failed, allowed) };
}

/** What speaks against a stage that is over; nothing attempted is no success. */
export function breachOf(spec: StageSpec, sets: readonly CampaignSet[]): Breach | undefined {
  const { succeeded, failed } = countSets(sets);
  const attempted = succeeded + failed;
  if (attempted === 0) return { code: 'nothingAttempted', message: words.nothingAttempted(spec.name) };
  const spent = spentBy(spec, sets);
  if (spent !== undefined) return spent;
  const { minSuccessPercent: least } = spec;
  if (succeeded * 100 >= least * attempted) return undefined;
  const percent = Math.floor((succeeded * 100) / attempted);
  return { code: 'belowSuccessRate', message: words.belowRate(spec.name, percent, least) };
}
