import { expect, it } from 'vitest';
import { guardsStanding } from '../../src/core/held-guards.ts';
import type { RolloutRecord } from '../../src/core/rollout.ts';

const GUARD = { guard: 'upgradePolicy', was: 'Automatic', remedy: 'roll r1 back' };

function aRecord(fields: object): RolloutRecord {
  return { id: 'r1', scaleSet: '/web', phase: 'halted', spec: {}, ...fields } as RolloutRecord;
}

const HELD = aRecord({ left: { heldGuards: [GUARD] } });

it.each([
  ['stand', [HELD], ['r1']],
  [
    'stand behind a rollback that failed',
    [aRecord({ id: 'r2', phase: 'failed', spec: { rollbackOf: 'r1' } }), HELD],
    ['r1'],
  ],
  ['stand behind another rollout', [aRecord({ id: 'r2', phase: 'succeeded' }), HELD], ['r1']],
  [
    'are given back by its rollback',
    [aRecord({ id: 'r2', phase: 'succeeded', spec: { rollbackOf: 'r1' } }), HELD],
    [],
  ],
  ['are not there', [aRecord({ left: { model: 'after' } }), aRecord({ id: 'r0' })], []],
])('guards of an ended rollout %s', (_, records, holders) => {
  expect(guardsStanding(records).map(({ rolloutId }) => rolloutId)).toEqual(holders);
});
