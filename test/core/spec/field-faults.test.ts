import { describe, expect, it } from 'vitest';
import { readSpec } from '../../../src/core/spec/spec.ts';

import { WEB } from '../../lab/names.ts';

/** What a caller is told of a spec with one wrong part. */
function told(part: object): readonly string[] {
  const read = readSpec({ scaleSet: WEB, ...part });
  return read.kind === 'spec' ? [] : read.errors.map(({ path, message }) => `${path}: ${message}`);
}

describe('a wrong field is told in words for people', () => {
  it.each([
    [{ scaleSet: undefined }, 'scaleSet: is missing'],
    [{ targets: { percent: 0 } }, 'targets.percent: must be at least 1'],
    [{ targets: { percent: 150 } }, 'targets.percent: must be at most 100'],
    [{ targets: { percent: 'x' } }, 'targets.percent: must be a number'],
    [{ targets: { percent: 1.5 } }, 'targets.percent: must be a whole number'],
    [{ targets: { instances: [] } }, 'targets.instances: must have at least 1 entry'],
    [{ strategy: { canary: 0 } }, 'strategy.canary: must be more than 0'],
    [
      { strategy: { batchBy: 'rack' } },
      'strategy.batchBy: must be one of updateDomain, faultDomain, zone, count, percent, steps',
    ],
    [
      { strategy: { batchBy: 'count', steps: ['10%'] } },
      'strategy.steps: must hold a count, as in 3, with batchBy count',
    ],
    [{ health: { fixForward: 'yes' } }, 'health.fixForward: must be true or false'],
    [{ windows: { timeZone: 'UTC' } }, 'windows.open: is missing'],
    [{ reason: 'x'.repeat(1001) }, 'reason: must have at most 1000 characters'],
    [{ change: 'none' }, 'change: must be an object'],
    [{ labels: { a: 1 } }, 'labels.a: must be text'],
  ])('%#', (part, words) => expect(told(part)).toEqual([words]));

  it('never in those of the validator', () => {
    const wrong: readonly unknown[] = [null, 1, 'x', true, [], {}, -1, 1e300, 'x'.repeat(200_000)];
    const fields = [
      'change',
      'targets',
      'strategy',
      'health',
      'approvals',
      'windows',
      'labels',
      'scaleSet',
      'reason',
      'soakSeconds',
      'startAt',
      'onFailure',
    ];
    for (const field of fields)
      for (const value of wrong)
        for (const line of told({ [field]: value }))
          expect(line).not.toMatch(/Invalid|Too (?:small|big)|expected|received/);
  });
});
