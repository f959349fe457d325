import type { PlannedBatch } from './batches.ts';
import type { ChangeClass } from './change-class.ts';
import type { RolloutSpec } from './spec.ts';

/** What a plan will probably take; for people who decide when to start, not for the rollout itself. */
export interface Expected {
  readonly seconds: number;
  readonly armRequests: number;
}

/** Medians of small Linux sets, with the time until the guest is healthy again (arm-vmss.md 4). */
const SECONDS: Record<ChangeClass, number> = {
  none: 20,
  restart: 90,
  reimage: 150,
  deallocate: 400,
  impossible: 0,
};
const PAGE = 100;
const IDS_PER_CALL = 100;
const POLL_SECONDS = 15;

export function expectationFor(
  batches: readonly PlannedBatch[],
  changeClass: ChangeClass,
  { instances, spec }: { readonly instances: number; readonly spec: RolloutSpec },
): Expected {
  const perBatch = SECONDS[changeClass];
  const pages = Math.max(1, Math.ceil(instances / PAGE));
  // Small sets are looked at more often while they are to stay well.
  const looks = 3 * pages + (pages === 1 && spec.health.stableSeconds > 0 ? 3 : 0);
  const requests = batches.map(
    (batch) =>
      1 + Math.ceil(batch.instances.length / IDS_PER_CALL) + Math.ceil(perBatch / POLL_SECONDS) + looks,
  );
  return {
    seconds: Math.round(batches.length * (perBatch + spec.health.stableSeconds + spec.soakSeconds)),
    armRequests: requests.reduce((sum, count) => sum + count, 4 + pages),
  };
}
