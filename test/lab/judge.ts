import { expect } from 'vitest';
import type { LogEntry } from '../../local/simulator/log/entries.ts';
import {
  imagesNow,
  modelNow,
  overlappingWrites,
  upgradesPerInstance,
} from '../../local/simulator/log/judge.ts';
import { belowFloor } from '../../local/simulator/log/serving.ts';
import type { Body, Lab } from './lab.ts';

/** Requests that would change something, whatever became of them. */
export function writes(log: readonly LogEntry[]): (LogEntry & { readonly kind: 'request' })[] {
  return log.filter(
    (entry): entry is LogEntry & { readonly kind: 'request' } =>
      entry.kind === 'request' && entry.method !== 'GET',
  );
}

export function acceptedUpgrades(log: readonly LogEntry[]): (readonly string[])[] {
  return writes(log)
    .filter(({ operation, operationId }) => operation === 'manualupgrade' && operationId !== undefined)
    .map(({ instances }) => instances ?? []);
}

/** What must hold in every rollout, whatever happened: the floor, one write at a time, nobody disrupted twice. */
export function expectSafe(lab: Lab, { floor = 12, mostDisruptions = 1 } = {}): void {
  expect(belowFloor(lab.log, floor)).toEqual([]);
  expect(overlappingWrites(lab.log)).toEqual([]);
  expect(Math.max(0, ...Object.values(upgradesPerInstance(lab.log)))).toBeLessThanOrEqual(mostDisruptions);
  expect(lab.host.diagnostics).toEqual([]);
}

export function expectImages(lab: Lab, image: string): void {
  expect(new Set(Object.values(imagesNow(lab.log)))).toEqual(new Set([image]));
}

export function modelImage(lab: Lab): unknown {
  return modelNow(lab.log)?.image['version'];
}

/** The model as it is, but for the time that the service stamps on each change of it. */
export function modelOf(lab: Pick<Lab, 'sim'>): Body {
  const { properties, ...rest } = (lab.sim.scaleSet('web')?.model ?? {}) as Body;
  const { timeCreated: _stamp, ...virtualMachineProfile } = properties.virtualMachineProfile;
  return { ...rest, properties: { ...properties, virtualMachineProfile } };
}

/** The mode of the scale set's upgrade policy, by the simulator's word. */
export function policyOf(lab: Pick<Lab, 'sim'>): unknown {
  return modelOf(lab).properties.upgradePolicy.mode;
}
