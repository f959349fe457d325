import type { Meter } from '@opentelemetry/api';
import { isEnded } from '../core/record/phase.ts';
import type { RolloutRecord } from '../core/record/rollout.ts';

export interface Measures {
  committed(before: RolloutRecord, after: RolloutRecord, time: number): void;
  room(instances: number): void;
  /** A step failed and is done again. */
  fault(step: string): void;
  /** Azure has answered, or has not: then the status is 0. */
  answered(status: number, seconds: number): void;
}

/** The instruments, by the names that docs/RUNBOOK.md lists; none of them names a rollout, so that they stay few. */
export function createMeasures(meter: Meter): Measures {
  const seconds = { unit: 's' };
  const phase = meter.createHistogram('vmss_rollout.phase.duration', seconds);
  const wait = meter.createHistogram('vmss_rollout.wait.duration', seconds);
  const whole = meter.createHistogram('vmss_rollout.rollout.duration', seconds);
  const room = meter.createHistogram('vmss_rollout.floor.distance', { unit: '{instance}' });
  const faults = meter.createCounter('vmss_rollout.step.retries', { unit: '{step}' });
  const requests = meter.createHistogram('vmss_rollout.arm.duration', seconds);
  const throttles = meter.createCounter('vmss_rollout.arm.throttled', { unit: '{request}' });
  const since = (from: string, time: number): number => Math.max(0, (time - Date.parse(from)) / 1000);
  return {
    committed(before, after, time) {
      if (after.phase !== before.phase)
        phase.record(since(before.phaseSince ?? before.createdAt, time), { phase: before.phase });
      const { waitingFor } = before;
      if (waitingFor !== undefined && waitingFor.since !== after.waitingFor?.since)
        wait.record(since(waitingFor.since, time), { kind: waitingFor.kind });
      if (isEnded(after.phase) && !isEnded(before.phase))
        whole.record(since(after.createdAt, time), { phase: after.phase });
    },
    room: (instances) => room.record(instances),
    fault: (step) => faults.add(1, { step }),
    answered(status, took) {
      requests.record(took, { status });
      if (status === 429) throttles.add(1);
    },
  };
}
