import type { Ports } from '../activities/frame/ports.ts';
import type { GuardLeft } from '../core/record/held-guards.ts';
import type { HeldLease } from '../core/record/lease.ts';
import type { RolloutRecord } from '../core/record/rollout.ts';
import { judgeLease } from '../core/run/lease-health.ts';
import type { LeaseHealth } from '../core/run/lease-health.ts';
import { leaseId, listHeldLeases } from '../store/leases.ts';
import type { Claim } from '../store/leases.ts';
import { scaleSetKey } from '../core/spec/spec.ts';
import { readRollout } from '../store/rollouts.ts';
import { readGuardsLeft } from '../store/set-ends.ts';
import type { Workflows } from './workflows.ts';

export interface LeaseView {
  readonly id: string;
  readonly lease: HeldLease;
  readonly record: RolloutRecord | undefined;
  readonly health: LeaseHealth;
}

/** Every lease that is held, and how its holder is; and the guards that ended rollouts could not restore. */
export async function viewLeases(
  { store, clock }: Ports,
  workflows: Workflows,
): Promise<{ readonly leases: readonly LeaseView[]; readonly guardsLeft: readonly GuardLeft[] }> {
  const held = await listHeldLeases(store);
  const leases = await Promise.all(
    held.map(async (lease) => {
      const stored = await readRollout(store, lease.rolloutId);
      const health = await healthOf(lease, stored?.record, { workflows, now: clock.now() });
      return { id: leaseId(lease.scaleSet), lease, record: stored?.record, health };
    }),
  );
  const restored = leases.flatMap(({ lease, record }) =>
    (record?.restoredGuards ?? []).map((guard) => `${scaleSetKey(lease.scaleSet)} ${guard}`),
  );
  const guardsLeft = (await readGuardsLeft(store)).filter(
    ({ scaleSet, guard }) => !restored.includes(`${scaleSetKey(scaleSet)} ${guard}`),
  );
  return { leases, guardsLeft };
}

/** Whether the holder of a lease still works, by its record and the host's word on its workflow. */
export async function healthOf(
  lease: Claim,
  record: RolloutRecord | undefined,
  { workflows, now }: { readonly workflows: Workflows; readonly now: number },
): Promise<LeaseHealth> {
  const workflow = await workflows.look(lease.rolloutId);
  return judgeLease({ lease, record, workflow, now });
}
