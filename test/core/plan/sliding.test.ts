import { describe, expect, it } from 'vitest';
import type { PlannedBatch } from '../../../src/core/plan/batches.ts';
import { slidesInVain } from '../../../src/core/plan/sliding.ts';
import { aSpec } from '../fleet.ts';

function batches(...canaries: readonly boolean[]): readonly PlannedBatch[] {
  return canaries.map((canary, index) => ({
    index,
    name: String(index),
    instances: [String(index)],
    ...(canary && { canary }),
  }));
}

const sliding = (more: object = {}) => aSpec({ strategy: { pacing: 'sliding' }, ...more });

describe('sliding is no faster than a barrier', () => {
  it.each([
    ['while one instance may be down', sliding(), { batches: batches(false, false), most: 1 }],
    ['with a single batch', sliding(), { batches: batches(false), most: 5 }],
    ['with a single batch after the canary', sliding(), { batches: batches(true, false), most: 5 }],
  ])('%s', (_, spec, room) => {
    expect(slidesInVain(spec, room)).toBeTypeOf('string');
  });

  it('but may be with several batches and slots', () => {
    expect(slidesInVain(sliding(), { batches: batches(true, false, false), most: 2 })).toBeUndefined();
  });

  it('and nothing is said of it where nobody asked for it', () => {
    expect(slidesInVain(aSpec(), { batches: batches(false), most: 1 })).toBeUndefined();
  });
});
