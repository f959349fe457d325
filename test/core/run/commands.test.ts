import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { COMMANDS } from '../../../src/core/record/command.ts';
import { judgeGate, needsApproval } from '../../../src/core/run/gate.ts';
import { nextOf } from '../../../src/core/run/next.ts';
import { objectionTo } from '../../../src/core/run/objections.ts';
import { phaseShown, standingOf } from '../../../src/core/run/standing.ts';
import type { Command, CommandName } from '../../../src/core/record/command.ts';
import type { RolloutRecord } from '../../../src/core/record/rollout.ts';
import { END_PHASES } from '../../../src/core/record/phase.ts';
import { after, aGate, aRecord, commandLog, NOW } from '../../lab/builders.ts';

describe('the log', () => {
  test.each<[readonly CommandName[], boolean]>([
    [[], false],
    [['pause'], true],
    [['pause', 'pause'], true],
    [['pause', 'resume'], false],
    [['resume', 'pause'], true],
    [['pause', 'approve'], true],
    [['pause', 'skip'], true],
    [['pause', 'retry'], false],
    [['pause', 'rollback'], false],
    [['pause', 'abort'], false],
    [['rollback', 'pause'], true],
  ])('%j pauses: %s', (names, paused) => {
    expect(standingOf(aRecord(), commandLog(...names)).paused).toBe(paused);
  });

  test.each<[readonly CommandName[], 'rollback' | 'abort' | undefined]>([
    [['pause'], undefined],
    [['rollback'], 'rollback'],
    [['rollback', 'abort'], 'abort'],
    [['abort', 'rollback'], 'abort'],
    [['rollback', 'pause', 'resume'], 'rollback'],
  ])('%j asks for %s', (names, wants) => {
    expect(standingOf(aRecord(), commandLog(...names)).wants).toBe(wants);
  });

  it('goes on after a failure only by a command that came later', () => {
    const failed = aRecord({ failedAfterCommand: 2 });
    expect(standingOf(failed, commandLog('pause', 'resume'))).toMatchObject({ paused: true });
    expect(standingOf(failed, commandLog('pause', 'resume', 'skip'))).toMatchObject({ paused: true });
    expect(standingOf(failed, commandLog('pause', 'resume', 'resume'))).toMatchObject({ paused: false });
    expect(standingOf(failed, commandLog('pause', 'resume', 'retry'))).toMatchObject({ paused: false });
  });

  test.each(END_PHASES)('no longer shows a rollout as paused when it is %s', (phase) => {
    const record = aRecord({ phase });
    expect(phaseShown(record, standingOf(record, commandLog('pause')))).toBe(phase);
  });
});

describe('what a person may do next', () => {
  const batches = Array.from({ length: 5 }, (_, index) => ({
    index,
    name: `batch ${index}`,
    phase: 'pending' as const,
    instances: [String(index)],
  }));
  const gate = { phase: 'waiting', gate: aGate(2), batch: 2 } as const;
  const back = { phase: 'rollingBack', direction: 'rollback' } as const;
  const stop = { phase: 'upgrading', direction: 'stop', endsAs: 'cancelled' } as const;
  const broken = {
    phase: 'upgrading',
    batch: 1,
    failedAfterCommand: 0,
    failure: { code: 'unhealthyAfterUpgrade', message: '', instances: ['3'] },
  } as const;
  test.each<[string, Partial<RolloutRecord>, readonly CommandName[], readonly string[]]>([
    ['at work', { phase: 'upgrading' }, [], ['pause', 'rollback', 'abort']],
    ['at a gate', gate, [], ['approve 2', 'reject 2', 'skip 2', 'pause', 'rollback', 'abort']],
    [
      'at a gate, paused',
      gate,
      ['pause'],
      ['approve 2', 'reject 2', 'resume', 'skip 2', 'rollback', 'abort'],
    ],
    ['at the floor', { phase: 'waiting', batch: 4 }, [], ['skip 4', 'pause', 'rollback', 'abort']],
    ['after a failure', broken, [], ['retry', 'resume', 'skip 1', 'quarantine 3', 'rollback', 'abort']],
    ['in a rollback', back, [], ['pause', 'abort']],
    ['in a rollback, paused', back, ['pause'], ['resume', 'abort']],
    ['asked to roll back', { phase: 'upgrading' }, ['rollback'], ['pause', 'abort']],
    ['asked to abort', { phase: 'upgrading' }, ['abort'], ['pause']],
    ['stopping', stop, [], ['pause', 'abort']],
    ['ended', { phase: 'succeeded' }, [], []],
  ])('%s', (...[, fields, log, expected]) => {
    const next = nextOf({
      record: aRecord({ planHash: 'p', batches, ...fields }),
      commands: commandLog(...log),
    });
    const named = next.map(({ command, batch, instances = [] }) =>
      [command, ...(batch === undefined ? [] : [batch]), ...instances].join(' '),
    );
    expect(named).toEqual(expected);
  });
});

describe('what is possible', () => {
  const failed = aRecord({ phase: 'upgrading', planHash: 'p', failedAfterCommand: 0 });
  const waiting = aRecord({ phase: 'waiting', planHash: 'p', gate: aGate(2) });
  const back = aRecord({ phase: 'rollingBack', direction: 'rollback' });
  const upgrading = aRecord({ phase: 'upgrading', planHash: 'p' });
  const planning = aRecord({ phase: 'planning' });
  const paused = commandLog('pause');
  const RULES: readonly (readonly [
    string,
    CommandName,
    ReturnType<typeof aRecord>,
    readonly Command[],
    boolean,
  ])[] = [
    ['upgrading', 'pause', upgrading, [], true],
    ['paused', 'pause', upgrading, paused, true],
    ['rolling back', 'pause', back, [], true],
    ['paused', 'resume', upgrading, paused, true],
    ['upgrading', 'resume', upgrading, [], false],
    ['waiting at a gate', 'approve', waiting, [], true],
    ['waiting at a gate, paused', 'approve', waiting, paused, true],
    ['upgrading', 'approve', upgrading, [], false],
    ['waiting at a gate', 'reject', waiting, [], true],
    ['upgrading', 'reject', upgrading, [], false],
    ['upgrading', 'rollback', upgrading, [], true],
    ['rolling back', 'rollback', back, [], false],
    ['upgrading, rollback asked for', 'rollback', upgrading, commandLog('rollback'), false],
    ['rolling back', 'abort', back, [], true],
    ['paused by a failure', 'retry', failed, [], true],
    ['paused by a person', 'retry', upgrading, paused, false],
    ['upgrading', 'retry', upgrading, [], false],
    ['waiting', 'skip', waiting, [], true],
    ['paused', 'skip', upgrading, paused, true],
    ['upgrading', 'skip', upgrading, [], false],
    ['planning, paused', 'skip', planning, paused, false],
    ['planning, paused', 'quarantine', planning, paused, false],
    ['rolling back, paused', 'skip', back, paused, false],
    ['waiting at a gate, abort asked for', 'approve', waiting, commandLog('abort'), false],
  ];

  test.each(RULES)('%s: %s', (_, command, record, log, isPossible) => {
    const objection = objectionTo({ command, by: 'grace', batch: record.gate?.batch }, record, log);
    expect(objection?.code).toBe(isPossible ? undefined : 'wrongPhase');
  });

  it.each(END_PHASES)('is nothing at all once the rollout is %s', (phase) => {
    for (const command of COMMANDS) {
      expect(objectionTo({ command, by: 'grace' }, aRecord({ phase }), [])?.code).toBe('wrongPhase');
    }
  });

  it('is no approval of another batch, nor one by the requester where the spec says so', () => {
    const strict = aRecord({
      phase: 'waiting',
      gate: aGate(2),
      spec: { approvals: { allowRequester: false } },
    });
    const approve = (by: string, batch?: number) =>
      objectionTo({ command: 'approve', by, batch }, strict, [])?.code;
    expect(approve('grace', 1)).toBe('wrongPhase');
    expect(approve('grace', 2)).toBeUndefined();
    expect(approve('grace')).toBeUndefined();
    expect(approve('ada')).toBe('ownApproval');
  });
});

describe('a gate', () => {
  const gate = aGate(2, { since: after(100), until: after(3700) });
  const own = { batch: 2, gateSince: after(100) };
  const judge = (approvals: object, log: readonly Command[], seconds = 200) =>
    judgeGate(aRecord({ spec: { approvals } }), gate, log, NOW + seconds * 1000).kind;

  it('opens to as many people as the quorum says, each counting once', () => {
    const approve = (by: string) => ({ command: 'approve' as const, by, ...own });
    expect(judge({ quorum: 2 }, commandLog(approve('grace'), approve('grace')))).toBe('closed');
    expect(judge({ quorum: 2 }, commandLog(approve('grace'), approve('linus')))).toBe('open');
  });

  it('does not open to the requester where the spec says so', () => {
    const log = commandLog({ command: 'approve', by: 'ada', ...own });
    expect(judge({}, log)).toBe('open');
    expect(judge({ allowRequester: false }, log)).toBe('closed');
  });

  it('stays shut after a rejection, whoever approved it', () => {
    const log = commandLog({ command: 'approve', ...own }, { command: 'reject', ...own });
    expect(judge({}, log)).toBe('rejected');
    expect(judge({}, log.toReversed())).toBe('rejected');
  });

  it('does at its end what the spec says', () => {
    expect(judge({}, [], 3699)).toBe('closed');
    expect(judge({}, [], 3700)).toBe('expired');
    expect(judge({ onTimeout: 'approve' }, [], 3700)).toBe('open');
    expect(judge({ onTimeout: 'approve' }, commandLog({ command: 'reject', ...own }), 3700)).toBe('rejected');
  });

  it('is opened by no approval that comes too late', () => {
    const approve = (seconds: number) => commandLog({ command: 'approve', at: after(seconds), ...own });
    expect(judge({}, approve(3700), 3701)).toBe('open');
    expect(judge({}, approve(3701), 3702)).toBe('expired');
  });

  it('is never opened by an approval of another one', () => {
    const aCommand = fc.record({
      command: fc.constantFrom('approve' as const, 'approve' as const, 'pause' as const, 'skip' as const),
      by: fc.constantFrom('ada', 'grace', 'linus'),
      batch: fc.constantFrom(undefined, 0, 1, 2, 3),
      gateSince: fc.constantFrom(undefined, after(0), after(100), after(200)),
    });
    fc.assert(
      fc.property(fc.array(aCommand, { maxLength: 12 }), (drawn) => {
        const foreign = drawn.filter(({ batch, gateSince }) => batch !== 2 || gateSince !== after(100));
        const log = commandLog(
          ...foreign.map(({ batch, gateSince, ...command }) => ({
            ...command,
            ...(batch !== undefined && { batch }),
            ...(gateSince !== undefined && { gateSince }),
          })),
        );
        expect(judge({}, log)).toBe('closed');
      }),
    );
  });

  test.each<[unknown, readonly number[]]>([
    ['none', []],
    ['rollout', [0]],
    ['batch', [0, 1, 2, 3]],
    [
      [1, 3],
      [1, 3],
    ],
  ])('stands with before %j in front of the batches %j', (before, expected) => {
    const record = aRecord({ spec: { approvals: { before } } });
    expect([0, 1, 2, 3].filter((batch) => needsApproval(record, batch))).toEqual(expected);
  });
});
