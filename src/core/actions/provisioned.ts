import type { Instance } from '../instance/instances.ts';
import type { Wanted } from './action.ts';

/** Provisioned since then: what all actions show that leave model and power as they were. */
export function isProvisionedSince(
  { provisioning, provisioningState }: Instance,
  { since }: Pick<Wanted, 'since'>,
): boolean {
  return (provisioning?.at ?? 0) >= since && provisioningState === 'Succeeded';
}
