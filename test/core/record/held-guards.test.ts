import { expect, it } from 'vitest';
import { guardsStanding } from '../../../src/core/record/held-guards.ts';
import type { RolloutRecord } from '../../../src/core/record/rollout.ts';

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
    'stand behind a rollback that could not give them back either, as its own',
    [aRecord({ id: 'r2', spec: { rollbackOf: 'r1' }, left: { heldGuards: [GUARD] } }), HELD],
    ['r2'],
  ],
  [
    'stand behind a failed try to give them back',
    [aRecord({ id: 'r2', spec: { restoreGuardsOf: 'r1' }, left: { heldGuards: [GUARD] } }), HELD],
    ['r1'],
  ],
  ['are given back by a later rollout', [aRecord({ id: 'r2', restoredGuards: [GUARD.guard] }), HELD], []],
  [
    'stand while another guard is given back',
    [aRecord({ id: 'r2', restoredGuards: ['other'] }), HELD],
    ['r1'],
  ],
  [
    'stand while one of another scale set is given back',
    [aRecord({ id: 'r2', scaleSet: '/api', restoredGuards: [GUARD.guard] }), HELD],
    ['r1'],
  ],
  ['stand after an earlier one was given back', [HELD, aRecord({ restoredGuards: [GUARD.guard] })], ['r1']],
  ['are not there', [aRecord({ left: { model: 'after' } }), aRecord({ id: 'r0' })], []],
])('guards of an ended rollout %s', (_, records, holders) => {
  expect(guardsStanding(records).map(({ rolloutId }) => rolloutId)).toEqual(holders);
});
