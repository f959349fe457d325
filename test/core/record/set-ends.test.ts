import { expect, it } from 'vitest';
import type { RolloutRecord } from '../../../src/core/record/rollout.ts';
import { withEnd } from '../../../src/core/record/set-ends.ts';
import type { SetEnds } from '../../../src/core/record/set-ends.ts';

const GUARD = { guard: 'upgradePolicy', was: 'Automatic', remedy: 'roll r1 back' };

function aRecord(fields: object): RolloutRecord {
  return { id: 'r1', scaleSet: '/web', phase: 'halted', spec: { change: {} }, ...fields } as RolloutRecord;
}

const HELD = aRecord({ left: { heldGuards: [GUARD] } });

it.each([
  ['stand', [HELD], ['r1']],
  [
    'stand behind a rollback that failed',
    [aRecord({ id: 'r2', phase: 'failed', spec: { change: {}, rollbackOf: 'r1' } }), HELD],
    ['r1'],
  ],
  ['stand behind another rollout', [aRecord({ id: 'r2', phase: 'succeeded' }), HELD], ['r1']],
  [
    'stand behind a rollback that could not give them back either, as its own',
    [aRecord({ id: 'r2', spec: { change: {}, rollbackOf: 'r1' }, left: { heldGuards: [GUARD] } }), HELD],
    ['r2'],
  ],
  [
    'stand behind a failed try to give them back',
    [aRecord({ id: 'r2', spec: { change: {}, restoreGuardsOf: 'r1' }, left: { heldGuards: [GUARD] } }), HELD],
    ['r1'],
  ],
  ['are given back by a later rollout', [aRecord({ id: 'r2', restoredGuards: [GUARD.guard] }), HELD], []],
  [
    'stand while another guard is given back',
    [aRecord({ id: 'r2', restoredGuards: ['other'] }), HELD],
    ['r1'],
  ],
  ['stand after an earlier one was given back', [HELD, aRecord({ restoredGuards: [GUARD.guard] })], ['r1']],
  ['are not there', [aRecord({ left: { model: 'after' } }), aRecord({ id: 'r0' })], []],
])('guards of an ended rollout %s', (_, newestFirst, holders) => {
  expect(endsOf(newestFirst)?.guards.map(({ rolloutId }) => rolloutId)).toEqual(holders);
});

/** What is left after these rollouts of one set, the newest first. */
function endsOf(newestFirst: readonly RolloutRecord[]): SetEnds | undefined {
  return newestFirst
    .toReversed()
    .reduce<SetEnds | undefined>(
      (ends, one, index) => withEnd(ends, { ...one, fencingToken: index + 1 }),
      undefined,
    );
}

it('what an earlier rollout has to say after a later one is passed over', () => {
  const later = withEnd(undefined, { ...aRecord({ id: 'r2' }), fencingToken: 2 });
  expect(withEnd(later, { ...HELD, fencingToken: 1 })).toBe(later);
});

const CHANGED = { canRollBack: true, modelState: 'after' };
it.each([
  ['has changed the model', CHANGED, 'r2'],
  ['has put back what it changed', { ...CHANGED, modelState: 'restored' }, 'r1'],
  ['was refused', { phase: 'refused', modelState: 'before' }, 'r1'],
  ['was stopped before its first write', { canRollBack: true, modelState: 'before' }, 'r1'],
  [
    'has changed disks alone',
    { canRollBack: true, modelState: 'before', spec: { change: { dataDisks: {} } } },
    'r2',
  ],
  ['had nothing to change', { canRollBack: false, modelState: 'before' }, 'r1'],
])('the newest that can be undone, after one that %s', (_what, fields, newest) => {
  const first = aRecord(CHANGED);
  expect(endsOf([aRecord({ id: 'r2', ...fields }), first])?.undoable).toBe(newest);
});
