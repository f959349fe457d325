import { expect } from 'vitest';
import type { LogEntry } from '../../../local/simulator/log/entries.ts';
import {
  acceptedUpgradesPerInstance,
  imagesNow,
  modelNow,
  overlappingWrites,
  upgradesPerInstance,
} from '../../../local/simulator/log/judge.ts';
import { belowFloor } from '../../../local/simulator/log/serving.ts';

export type Write = LogEntry & { readonly kind: 'request' };

/** Whatever was asked of the service that would change something, taken or not. */
export function writes(log: readonly LogEntry[]): readonly Write[] {
  return log.filter((entry): entry is Write => entry.kind === 'request' && entry.method !== 'GET');
}

/** Writes that the service has taken. */
export function accepted(log: readonly LogEntry[], operation?: 'patch' | 'manualupgrade'): readonly Write[] {
  return writes(log).filter(
    (entry) => entry.operationId !== undefined && (operation ?? entry.operation) === entry.operation,
  );
}

/** Holds at every moment of every rollout: the floor, and one write at a time. */
export function expectCalm(log: readonly LogEntry[], floor: number): void {
  expect(belowFloor(log, floor)).toEqual([]);
  expect(overlappingWrites(log)).toEqual([]);
}

export function expectImage(log: readonly LogEntry[], image: string): void {
  expect(new Set(Object.values(imagesNow(log)))).toEqual(new Set([image]));
  expect(modelNow(log)?.image['version']).toBe(image);
}

/** Each of these instances was named in one accepted call and taken down once, and no other was touched at all. */
export function expectOnceEach(log: readonly LogEntry[], instances: readonly string[]): void {
  const once = Object.fromEntries(instances.map((id) => [id, 1]));
  expect(acceptedUpgradesPerInstance(log)).toEqual(once);
  expect(upgradesPerInstance(log)).toEqual(once);
}

/** These went to the new model and came back, once each; the model was written back in between. */
export function expectOnceEachWay(during: readonly LogEntry[], touched: readonly string[]): void {
  const [, turn] = accepted(during, 'patch');
  const at = during.findIndex((entry) => entry === turn);
  expectOnceEach(during.slice(0, at), touched);
  expectOnceEach(during.slice(at), touched);
}

/** Model and instances are what they were, these and no others were touched, and one at a time. */
export function expectBack(
  log: readonly LogEntry[],
  before: readonly LogEntry[],
  touched: readonly string[],
): void {
  expectOnceEachWay(log.slice(before.length), touched);
  expect(imagesNow(log)).toEqual(imagesNow(before));
  expect(modelNow(log)?.image).toEqual(modelNow(before)?.image);
  expectCalm(log, Object.keys(imagesNow(before)).length - 1);
}
