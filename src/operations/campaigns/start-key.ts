import { leaseId } from '../../store/leases.ts';

/** What is noted by a key whose rollout is no longer wanted: nobody can begin it after that. */
export const WITHDRAWN = 'withdrawn';

/** The idempotency key of one try on one scale set of a campaign. */
export function startKeyOf(campaign: string, scaleSet: string, number: number): string {
  return `campaign ${campaign} ${leaseId(scaleSet)} ${number}`;
}
