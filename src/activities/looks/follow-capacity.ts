import type { Instance } from '../../core/instance/instances.ts';
import { isServing } from '../../core/instance/serving.ts';
import { failures } from '../../core/messages/failures.ts';
import { waits } from '../../core/messages/waits.ts';
import { floorOf } from '../../core/plan/floor.ts';
import { scaledTo } from '../../core/plan/scale.ts';
import type { Answer } from '../../core/run/answer.ts';
import { patience } from '../../core/run/patience.ts';
import type { Step } from '../frame/step.ts';
import { stopFor } from '../frame/stop.ts';
import { wait } from '../frame/wait.ts';
import { readInstances } from './read-instances.ts';

/** Azure has taken a new capacity: as many instances must be there, and those that came must serve. */
export async function waitForCapacity(step: Step): Promise<Answer | undefined> {
  const { capacity } = step.record.spec.change;
  if (capacity === undefined) return undefined;
  const read = await readInstances(step, 'settling');
  if (read.kind === 'leave') return read.answer;
  const { bystanders = [] } = step.record;
  const came = read.value.filter(({ instanceId }) => !bystanders.includes(instanceId));
  const unwell = came.filter((one) => !isServing(one)).map(({ instanceId }) => instanceId);
  // fence I13: a new capacity is there only when its instances are, and serve
  if (read.value.length === capacity && unwell.length === 0) return undefined;
  const there = { listed: read.value.length, capacity, unwell };
  if (step.now - writtenAt(step) >= step.record.spec.health.timeoutSeconds * 1000) {
    const message = waits.capacity(there);
    return stopFor(step, {
      code: 'unhealthyTimeout',
      message,
      remedy: failures.capacityRemedy,
      instances: unwell,
    });
  }
  const { pollSeconds } = step.pace;
  return wait(step, {
    seconds: patience(step.record.waitingFor, 'health', { now: step.now, least: pollSeconds, most: 60 }),
    phase: 'settling',
    waitingFor: { kind: 'health', message: waits.capacity(there) },
  });
}

/** When the write of the capacity was over, by what is known of it. */
function writtenAt({ records, now }: Step): number {
  const write = records.operations.findLast(({ kind }) => kind === 'model');
  return Date.parse(write?.endedAt ?? write?.intendedAt ?? new Date(now).toISOString());
}

/** Whether too few would be left serving if the capacity were lowered just now: Azure chooses who goes. */
export function crossesFloor(
  { record }: Step,
  instances: readonly Instance[],
): { readonly serving: number; readonly floor: number } | undefined {
  const { change, strategy } = record.spec;
  if (change.capacity === undefined || change.capacity >= instances.length) return undefined;
  const { serving, capacity } = scaledTo(instances, change.capacity);
  const floor = floorOf(strategy.maxUnavailable, capacity, record.largestDomain ?? 1);
  return typeof floor === 'number' && serving >= floor ? undefined : { serving, floor: Number(floor) || 1 };
}
