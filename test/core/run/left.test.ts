import { describe, expect, it, test } from 'vitest';
import { judgeBatch } from '../../../src/core/health/batch-verdict.ts';
import { carryOut } from '../../../src/core/run/carry-out.ts';
import { countRows } from '../../../src/core/record/ledger.ts';
import { rowsToRollBack } from '../../../src/core/record/rows-to-roll-back.ts';
import { leftBy } from '../../../src/core/run/left.ts';
import { after, aRecord, aRow, aSpec, commandLog } from '../../lab/builders.ts';
import type { CommandEntry } from '../../lab/builders.ts';

const ROWS = [
  aRow('10', { state: 'done', touched: true }),
  aRow('9', { state: 'done', touched: true }),
  aRow('3', { state: 'failed', touched: true }),
  aRow('4', { state: 'upgrading', touched: true }),
  aRow('7'),
  aRow('8', { state: 'skipped' }),
  aRow('6', { state: 'gone', touched: true }),
];

describe('what is left', () => {
  it('names each instance once, in the order of the ids, and those that are gone not at all', () => {
    expect(leftBy(aRecord({ phase: 'cancelled', modelState: 'after' }), ROWS)).toEqual({
      model: 'after',
      instances: { before: ['7', '8'], after: ['9', '10'], unknown: ['3', '4'] },
    });
  });

  it('counts who came back as before', () => {
    const rows = [
      aRow('1', { state: 'done', touched: true, direction: 'rollback' }),
      aRow('2', { state: 'failed', touched: true, direction: 'rollback' }),
    ];
    expect(leftBy(aRecord({ phase: 'failed', modelState: 'restored' }), rows)).toEqual({
      model: 'before',
      instances: { before: ['1'], unknown: ['2'] },
    });
  });

  it.each(['cancelled', 'halted'] as const)(
    'is foreign after somebody else changed the model: %s',
    (phase) => {
      const failure = { code: 'conflict', message: 'x' };
      expect(leftBy(aRecord({ phase, modelState: 'after', failure }), [])?.model).toBe('foreign');
    },
  );

  it('is nothing where the goal is reached', () => {
    expect(leftBy(aRecord({ phase: 'rolledBack', modelState: 'restored' }), ROWS)).toBeUndefined();
    expect(leftBy(aRecord({ phase: 'succeeded' }), ROWS.slice(0, 2))).toBeUndefined();
  });
});

it('counts each row once', () => {
  const rows = [
    ...ROWS,
    aRow('11', { state: 'done', direction: 'rollback', touched: true }),
    aRow('12', { state: 'settling' }),
  ];
  const counts = countRows(rows);
  expect(counts).toEqual({
    total: 9,
    upgraded: 2,
    upgrading: 2,
    pending: 1,
    failed: 1,
    skipped: 1,
    gone: 1,
    rolledBack: 1,
  });
  const { total, ...parts } = counts;
  expect(Object.values(parts).reduce((sum, count) => sum + count, 0)).toBe(total);
});

it('turns round who was touched, and nobody else', () => {
  const turned = rowsToRollBack(ROWS, { now: after(99), everyone: false });
  expect(
    turned
      .filter(({ direction }) => direction === 'rollback')
      .map(({ instanceId, state }) => [instanceId, state]),
  ).toEqual([
    ['10', 'pending'],
    ['9', 'pending'],
    ['3', 'pending'],
    ['4', 'pending'],
  ]);
  expect(rowsToRollBack(turned, { now: after(100), everyone: false })).toEqual(turned);
});

describe('a command to an instance', () => {
  const states = (entry: CommandEntry) => {
    const [command] = commandLog(entry);
    return command === undefined
      ? []
      : carryOut(ROWS, command).map(({ instanceId, state }) => `${instanceId} ${state}`);
  };

  it('retries only what has failed', () => {
    expect(states('retry')).toEqual([
      '10 done',
      '9 done',
      '3 pending',
      '4 upgrading',
      '7 pending',
      '8 skipped',
      '6 gone',
    ]);
    expect(states({ command: 'retry', instances: ['9'] })).toContain('3 failed');
    expect(states({ command: 'retry', batch: 1 })).toContain('3 failed');
  });

  it('skips only what is not begun or has failed', () => {
    expect(states({ command: 'skip', batch: 0 })).toEqual([
      '10 done',
      '9 done',
      '3 skipped',
      '4 upgrading',
      '7 skipped',
      '8 skipped',
      '6 gone',
    ]);
    expect(states({ command: 'skip', instances: ['7'] })).toContain('3 failed');
  });
});

test.each([
  [0, 1, 3, true],
  [33, 1, 3, true],
  [34, 1, 3, false],
  [50, 1, 2, false],
  [49, 1, 2, true],
  [100, 3, 3, false],
  [0, 0, 3, false],
])('with %i %% tolerated, %i of %i failed is too many: %s', (percent, failed, total, isTooMany) => {
  const rows = Array.from({ length: total }, (_, index) =>
    aRow(String(index), { state: index < failed ? 'failed' : 'settling' }),
  );
  const { health } = aSpec({ health: { maxUnhealthyUpgradedInstancePercent: percent } });
  expect(judgeBatch(rows, health)?.length).toBe(isTooMany ? failed : undefined);
});
