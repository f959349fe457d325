import { describe, expect, it } from 'vitest';
import type { Leases, Rollout } from '../../dashboard/api/shapes.ts';
import { actionsOf } from '../../dashboard/view/actions.ts';
import { barredOf, meaningOf } from '../../dashboard/view/meanings.ts';
import { guardsLeft, onCallOf, stuckLeases } from '../../dashboard/view/on-call.ts';
import { secondsLeft, servingIn } from '../../dashboard/view/progress.ts';
import { moves, statusOf, waitsForPeople } from '../../dashboard/view/status.ts';
import { aRollout, anInstance } from './support/builders.ts';

const WAITS = aRollout({
  phase: 'waiting',
  batch: 2,
  waitingFor: {
    kind: 'approval',
    batch: 2,
    since: '2026-11-21T02:10:00.000Z',
    until: '2026-11-22T02:10:00.000Z',
    message: 'update domain 2 waits for an approval',
  },
  next: [
    { command: 'approve', batch: 2 },
    { command: 'reject', batch: 2 },
    { command: 'skip', batch: 2 },
    { command: 'pause' },
    { command: 'rollback' },
    { command: 'abort' },
  ],
});

function inPhase(phase: Rollout['phase'], fields: Parameters<typeof aRollout>[0] = {}): Rollout {
  return aRollout({ phase, endedAt: '2026-11-21T09:00:00.000Z', ...fields });
}

describe('the sentence that a rollout’s page begins with', () => {
  it('says who waits for whom, since when, and for which instances', () => {
    expect(statusOf(WAITS)).toEqual({
      text: 'Update domain 2 waits for your approval',
      tone: 'wait',
      since: '2026-11-21T02:10:00.000Z',
      until: '2026-11-22T02:10:00.000Z',
      notes: ['Instance 2, the last batch.'],
    });
  });

  it('leaves the count of a quorum to the app', () => {
    const message = 'update domain 2 waits for 2 approvals and has 1';
    const waitingFor = { kind: 'approval', since: '2026-11-21T02:10:00.000Z', message } as const;
    expect(statusOf({ ...WAITS, waitingFor }).text).toBe('Update domain 2 waits for 2 approvals and has 1');
  });

  it('says why this reader may not approve', () => {
    const others: Rollout = {
      ...WAITS,
      next: [{ command: 'pause' }],
      denied: [{ command: 'approve', message: 'you need the role approver' }],
    };
    expect(statusOf(others)).toMatchObject({
      text: 'Update domain 2 waits for an approval',
      notes: ['Instance 2, the last batch.', 'You need the role approver.'],
    });
    expect(actionsOf(others).some(({ isMain }) => isMain)).toBe(false);
    expect(barredOf(others)).toContainEqual({ label: 'Approve', why: 'you need the role approver' });
  });

  it('says that an approval counts while paused', () => {
    const { tone, notes } = statusOf({ ...WAITS, phase: 'paused' });
    expect(tone).toBe('wait');
    expect(notes.join(' ')).toContain('opens at resume');
  });

  it.for([
    ['operation', 'work'],
    ['health', 'work'],
    ['soak', 'work'],
    ['floor', 'wait'],
    ['throttling', 'wait'],
    ['recovery', 'wait'],
    ['unreachable', 'bad'],
    ['access', 'bad'],
  ] as const)('takes the app’s own words for a wait for %s', ([kind, tone]) => {
    const rollout = aRollout({ batch: 0, waitingFor: { kind, message: 'some words' } });
    expect(statusOf(rollout)).toMatchObject({ text: 'Some words', tone });
    expect(waitsForPeople(rollout)).toBe(false);
  });

  it.for([
    ['succeeded', 'ok', /^Done: 4 of 4 instances on the target$/],
    ['rolledBack', 'two', /^Rolled back/],
    ['halted', 'bad', /^Halted/],
    ['failed', 'bad', /^Failed: somebody has to act$/],
    ['refused', 'bad', /^Refused, and nothing was changed$/],
    ['rejected', 'off', /^Rejected$/],
    ['cancelled', 'off', /^Aborted$/],
  ] as const)('says how one ended: %s', ([phase, tone, text]) => {
    const status = statusOf(inPhase(phase, { instances: { total: 4, upgraded: 4 } }));
    expect(status).toMatchObject({
      tone,
      text: expect.stringMatching(text),
      since: '2026-11-21T09:00:00.000Z',
    });
    expect(moves(inPhase(phase))).toBe(false);
  });

  it('names whom a success left out, and says when there was nothing to do', () => {
    const some = { total: 4, upgraded: 2, skipped: 1, gone: 1 };
    expect(statusOf(inPhase('succeeded', { instances: some })).text).toBe(
      'Done: 2 of 4 instances on the target, 1 skipped, 1 gone',
    );
    expect(statusOf(inPhase('succeeded', { noop: true })).text).toMatch(/^Nothing to do/);
  });

  it('has why it failed beside it', () => {
    const failure = { code: 'x', message: 'instance 3 is ill', remedy: 'see what happened' };
    expect(statusOf(inPhase('halted', { failure })).notes).toEqual(['Instance 3 is ill.']);
  });
});

describe('what a person may do', () => {
  it('is what the app says, with the one that ends the wait first', () => {
    const actions = actionsOf(WAITS);
    expect(actions.map(({ label }) => label)).toEqual([
      'Approve update domain 2',
      'Reject',
      'Skip update domain 2',
      'Pause',
      'Roll back',
      'Abort',
    ]);
    expect(actions.filter(({ isMain }) => isMain).map(({ next }) => next.command)).toEqual(['approve']);
    expect(actions.filter(({ isDangerous }) => isDangerous).map(({ next }) => next.command)).toEqual([
      'reject',
      'rollback',
      'abort',
    ]);
    expect(actions.every(({ next }) => meaningOf(next, WAITS) !== '')).toBe(true);
    expect(actions[0] && meaningOf(actions[0].next, WAITS)).toBe('1 instance (2) is next.');
  });

  it('has no main action while a rollout goes on by itself', () => {
    const actions = actionsOf(aRollout({ next: [{ command: 'pause' }] }));
    expect(actions.some(({ isMain }) => isMain)).toBe(false);
  });

  it('names the failed instances', () => {
    const failed = aRollout({
      phase: 'paused',
      next: [{ command: 'retry' }, { command: 'quarantine', instances: ['1', '2', '3'] }],
    });
    expect(actionsOf(failed).map(({ label }) => label)).toEqual(['Retry what failed', 'Quarantine 1-3']);
    expect(actionsOf(failed)[0]?.isMain).toBe(true);
  });

  it('comes with a reason for everything else', () => {
    const barred = barredOf(WAITS);
    expect(barred.map(({ label }) => label)).toEqual(['Retry what failed', 'Resume', 'Quarantine']);
    expect(barred.every(({ why }) => why !== '')).toBe(true);
    expect(new Set(barredOf(inPhase('succeeded')).map(({ why }) => why))).toEqual(
      new Set(['the rollout has ended']),
    );
  });
});

describe('progress', () => {
  it('takes the plan’s time for what is still to come', () => {
    const rollout = aRollout({ instances: { total: 4, upgraded: 3, pending: 1 } });
    const plan = {
      scaleSet: '',
      delta: [],
      class: 'reimage' as const,
      batches: [],
      floor: 3,
      warnings: [],
      expected: { seconds: 400, armRequests: 1 },
    };
    const inSet = [
      anInstance('0'),
      anInstance('1', { power: 'stopped' }),
      anInstance('2', { health: 'unhealthy' }),
    ];
    expect(secondsLeft({ rollout, plan, now: 0 })).toBe(100);
    expect(servingIn(inSet)).toBe(1);
  });

  it('is what it took, after the end', () => {
    expect(secondsLeft({ rollout: inPhase('succeeded'), plan: undefined, now: 0 })).toBe(3600);
    expect(servingIn([])).toBeUndefined();
  });
});

describe('on call', () => {
  it('sorts rollouts by who can do something about them, the longest wait first', () => {
    const later = aRollout({
      id: 'later',
      phase: 'waiting',
      waitingFor: { kind: 'approval', since: '2026-11-21T03:00:00.000Z' },
    });
    const denied = aRollout({ id: 'denied', waitingFor: { kind: 'access' } });
    const paused = aRollout({ id: 'paused', phase: 'paused', createdAt: '2026-11-20T00:00:00.000Z' });
    const busy = aRollout({ id: 'busy' });
    const { people, held, going, ended } = onCallOf([
      later,
      denied,
      busy,
      WAITS,
      paused,
      inPhase('succeeded'),
    ]);
    expect(people.map(({ id }) => id)).toEqual(['paused', WAITS.id, 'later']);
    expect(held.map(({ id }) => id)).toEqual(['denied']);
    expect(going.map(({ id }) => id)).toEqual(['busy']);
    expect(ended).toEqual([]);
  });

  it('names a set that was left in between until a later rollout has gone over it', () => {
    const halted = inPhase('halted', { id: 'halted' });
    const later = inPhase('succeeded', { id: 'later', createdAt: '2026-11-21T10:00:00.000Z' });
    const refused = inPhase('refused', { id: 'refused', createdAt: '2026-11-21T10:00:00.000Z' });
    expect(onCallOf([halted, refused]).ended.map(({ id }) => id)).toEqual(['halted']);
    expect(onCallOf([halted, later]).ended).toEqual([]);
  });

  it('names dead holders, and guards that nobody restores', () => {
    const lease = {
      id: 'l',
      scaleSet: 's',
      rolloutId: 'r',
      token: 1,
      phase: null,
      since: '',
      message: '',
      canTakeOver: true,
      remedy: null,
      waiting: [],
    };
    const guard = { guard: 'upgradePolicy', was: 'Automatic', remedy: 'az …' } as const;
    const leases: Leases = {
      value: [
        { ...lease, state: 'live', heldGuards: [guard] },
        { ...lease, rolloutId: 'dead', state: 'notRunning', heldGuards: [guard] },
      ],
      guardsLeft: [{ ...guard, rolloutId: 'old', scaleSet: 's' }],
    };
    expect(stuckLeases(leases).map(({ rolloutId }) => rolloutId)).toEqual(['dead']);
    expect(guardsLeft(leases).map(({ rolloutId }) => rolloutId)).toEqual(['dead', 'old']);
  });
});
