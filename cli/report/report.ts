import type { Event, Evidence as Statuses, Instance, Plan, Rollout } from '../api/shapes.ts';
import { secondsBetween } from '../show/text.ts';

/** What the function app says of a rollout at one time. */
export interface Found {
  readonly rollout: Rollout;
  /** Absent when none was made. */
  readonly plan: Plan | undefined;
  readonly instances: readonly Instance[];
  readonly events: readonly Event[];
}

export interface Cause {
  readonly code: string;
  readonly message: string | null;
  readonly remedy: string | null;
  /** The instances that show it, with what each showed last. */
  readonly evidence: readonly Evidence[];
}

interface Evidence {
  readonly instanceId: string;
  readonly message: string | null;
  readonly provisioningState: string | null;
  readonly power: string | null;
  readonly health: string | null;
  readonly image: string | null;
  readonly attempts: number | null;
  readonly seenAt: string | null;
  /** All that it showed then; `null` where nothing was kept. */
  readonly statuses: Statuses | null;
}

/** A rollout in one document, for a pipeline to keep. */
export type Report = ReturnType<typeof reportOf>;

export function reportOf({ rollout, plan, instances, events }: Found, madeAt: string) {
  const { startedAt, endedAt } = rollout;
  return {
    id: rollout.id,
    scaleSet: rollout.scaleSet,
    phase: rollout.phase,
    /** False while the rollout goes on: then this is only how it stood. */
    isFinal: Boolean(endedAt),
    madeAt,
    requestedBy: rollout.requestedBy ?? null,
    reason: rollout.reason ?? null,
    labels: rollout.labels ?? {},
    createdAt: rollout.createdAt ?? null,
    startedAt: startedAt ?? null,
    endedAt: endedAt ?? null,
    seconds: secondsBetween(startedAt, endedAt) ?? null,
    waitingFor: rollout.waitingFor?.message ?? null,
    noop: rollout.noop === true,
    planHash: rollout.planHash ?? null,
    changes: plan?.delta ?? [],
    skipped: plan?.skipped ?? [],
    warnings: plan?.warnings ?? [],
    counts: rollout.instances ?? {},
    batches: (rollout.batches ?? []).map(
      ({ index, name, phase, instances: ids, startedAt: from, endedAt: to }) => ({
        index,
        name,
        phase,
        instances: ids,
        startedAt: from ?? null,
        endedAt: to ?? null,
        seconds: secondsBetween(from, to) ?? null,
      }),
    ),
    instances,
    failures: causesOf(rollout, instances),
    left: rollout.left ?? null,
    events,
  };
}

/** One entry a cause; the rollout's own comes first, with its remedy. */
function causesOf({ failure }: Rollout, instances: readonly Instance[]): readonly Cause[] {
  const seen = instances.flatMap((instance) => evidencesOf(instance));
  const failed = Map.groupBy(seen, ({ code }) => code);
  const own = failure
    ? [{ code: failure.code, message: failure.message ?? null, remedy: failure.remedy ?? null }]
    : [];
  const others = [...failed.keys()]
    .filter((code) => code !== failure?.code)
    .map((code) => ({ code, message: null, remedy: null }));
  return [...own, ...others].map((cause) => ({
    ...cause,
    evidence: (failed.get(cause.code) ?? []).map(({ code: _code, ...evidence }) => evidence),
  }));
}

/** How an instance failed, also where it is well again by now; what an older app did not keep is told as it is now. */
function evidencesOf(instance: Instance): readonly (Evidence & { readonly code: string })[] {
  const { failure, earlierFailures } = instance;
  return [...(earlierFailures ?? []), ...(failure ? [failure] : [])].map(({ code, message, evidence }) => ({
    code,
    instanceId: instance.instanceId,
    message: message ?? null,
    provisioningState: evidence?.provisioning?.state ?? instance.provisioningState ?? null,
    power: evidence?.power ?? instance.power ?? null,
    health: evidence?.health?.state ?? instance.health ?? null,
    image: evidence?.image ?? instance.image?.now ?? null,
    attempts: evidence?.attempts ?? instance.attempts ?? null,
    seenAt: evidence?.seenAt ?? instance.updatedAt ?? null,
    statuses: evidence ?? null,
  }));
}
