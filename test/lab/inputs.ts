import { expect } from 'vitest';
import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import { imagesNow } from '../../local/simulator/log/judge.ts';
import { expectSafe, modelImage } from './judge.ts';
import { NEW, OLD, startLab } from './lab.ts';
import type { Body, Lab, LabOptions } from './lab.ts';

/** What one more real service did to a rollout, and what is right. */
export interface Input {
  readonly name: string;
  readonly options: LabOptions;
  readonly spec?: Record<string, unknown>;
  /** `succeeded` unless told; every instance then runs the new image, or the old one where it was rolled back. */
  readonly phase?: string;
  readonly code?: string;
  /** 12 of 15 unless told. */
  readonly floor?: number;
  /** How often an instance is taken down at most; once for each way unless the service asks for another try. */
  readonly mostDisruptions?: number;
  readonly check?: (lab: Lab, rollout: Body) => void;
}

export const BAD: FaultInput = { kind: 'badImage', version: NEW, updateDomains: [1] };
export const SLIDING = { strategy: { pacing: 'sliding' } };

/** Which requests of a kind a fault hits. */
export const hit = (operation: 'patch' | 'manualupgrade' | 'listInstances' | 'poll', nth = 1) => ({
  operation,
  nth,
});

/** Runs it to its end, and judges by the simulator's log. */
export async function expectRight(input: Input): Promise<void> {
  const { options, spec = {}, phase = 'succeeded', code, floor = 12, check } = input;
  const { mostDisruptions = phase === 'rolledBack' ? 2 : 1 } = input;
  await using lab = await startLab(options);
  const rollout = await lab.rollOut(spec);
  expect([rollout.phase, rollout.failure?.code]).toEqual([phase, code]);
  const images = new Set(Object.values(imagesNow(lab.log)));
  if (phase === 'succeeded') expect(images).toEqual(new Set([NEW]));
  if (phase === 'rolledBack') expect([images, modelImage(lab)]).toEqual([new Set([OLD]), OLD]);
  expectSafe(lab, { floor, mostDisruptions });
  expect(silent(lab, options.faults ?? [])).toEqual([]);
  check?.(lab, rollout);
}

/** Faults that wait for a request and met none: such an input would say nothing. */
function silent(lab: Lab, faults: readonly FaultInput[]): readonly string[] {
  const fired = new Set(
    lab.log.flatMap((entry) => (entry.kind === 'fault' && entry.what === 'fired' ? [entry.fault] : [])),
  );
  const named = faults.map(({ kind }, index) => ({ kind, id: `${kind}-${index + 1}` }));
  return named.filter(({ kind, id }) => OF_REQUESTS.has(kind) && !fired.has(id)).map(({ id }) => id);
}

const OF_REQUESTS: ReadonlySet<string> = new Set([
  'accessDenied',
  'dropsField',
  'garbledAnswer',
  'lostAnswer',
  'partialView',
  'refused',
  'serverError',
  'shortList',
  'sideEffect',
  'slowAnswer',
  'strayOperationUrl',
  'throttle',
]);
