import { describe, expect, it } from 'vitest';
import type { EntryContent, LogEntry } from '../../local/simulator/log/entries.ts';
import {
  acceptedUpgradesPerInstance,
  batchesTable,
  imagesNow,
  modelNow,
  overlappingWrites,
  upgradesPerInstance,
} from '../../local/simulator/log/judge.ts';
import { belowFloor, fewestServing, neverBelow } from '../../local/simulator/log/serving.ts';
import { NEW, startLab } from './lab.ts';

/** A log written by hand: time and content. */
function aLog(...lines: readonly (readonly [number, EntryContent])[]): LogEntry[] {
  return lines.map(([time, content], index) => ({ sequence: index + 1, time, ...content }));
}

const created = (instance: string, serving = true): EntryContent => ({
  kind: 'instance',
  scaleSet: 'web',
  instance,
  change: 'created',
  image: 'a',
  updateDomain: Number(instance) % 5,
  faultDomain: 0,
  serving,
});
const serves = (instance: string, value: boolean): EntryContent => ({
  kind: 'instance',
  scaleSet: 'web',
  instance,
  change: 'serving',
  value,
});
const write = (operationId?: string): EntryContent => ({
  kind: 'request',
  method: 'POST',
  path: '/',
  operation: 'manualupgrade',
  scaleSet: 'web',
  status: operationId === undefined ? 409 : 202,
  ...(operationId === undefined ? {} : { operationId }),
});
const answered = (request: number, from: number, until: number, delivered = true): EntryContent => ({
  kind: 'answer',
  request,
  scaleSet: 'web',
  delivered,
  from,
  until,
});

describe('the serving oracle', () => {
  const log = aLog(
    [0, created('0')],
    [0, created('1')],
    [0, created('2', false)],
    [10, serves('0', false)],
    [10, serves('2', true)],
    [20, serves('1', false)],
    [30, serves('0', true)],
    [40, { kind: 'instance', scaleSet: 'web', instance: '2', change: 'deleted' }],
  );

  it('finds the lowest moment of the log, and of a part of it', () => {
    expect(fewestServing(log)).toBe(1);
    expect(fewestServing(log, 0, 15)).toBe(2);
    expect(fewestServing(log, 32, 35)).toBe(2);
    expect(fewestServing(log, 41)).toBe(1);
  });

  it('counts what was the case when the part began', () => {
    expect(fewestServing(log, 25, 26)).toBe(1);
  });

  it('judges a floor and tells where it was broken', () => {
    expect([neverBelow(log, 1), neverBelow(log, 2)]).toEqual([true, false]);
    expect(belowFloor(log, 2)).toEqual([
      { time: 20, serving: 1, capacity: 3 },
      { time: 40, serving: 1, capacity: 2 },
    ]);
  });

  it('takes the changes of one instant together', () => {
    expect(
      neverBelow(
        aLog([0, created('0')], [0, created('1', false)], [5, serves('0', false)], [5, serves('1', true)]),
        1,
      ),
    ).toBe(true);
  });
});

describe('the overlap oracle', () => {
  it('sees a write between another one and its answer', () => {
    const log = aLog([5, write('a')], [5, write()], [5, answered(1, 5, 5)]);
    expect(overlappingWrites(log)).toEqual([{ scaleSet: 'web', accepting: 1, second: 2 }]);
  });

  it('sees nothing wrong in a write after the answer', () => {
    expect(overlappingWrites(aLog([5, write('a')], [5, answered(1, 5, 5)], [5, write('b')]))).toEqual([]);
  });

  it('holds a lost answer open for its whole time', () => {
    const log = aLog([5, write('a')], [5, answered(1, 5, 900, false)], [899, write()], [900, write('b')]);
    expect(overlappingWrites(log)).toEqual([{ scaleSet: 'web', accepting: 1, second: 3 }]);
  });
});

describe('a whole rollout, judged', () => {
  it('two batches, one instance twice by name but once in fact', async () => {
    const lab = startLab({ count: 10 });
    await lab.moveModel();
    await lab.upgrade('0', '5');
    lab.pass(400);
    await lab.upgrade('1', '6', '0');
    lab.pass(400);
    const { log } = lab.sim;
    expect(upgradesPerInstance(log)).toEqual({ '0': 1, '5': 1, '1': 1, '6': 1 });
    expect(acceptedUpgradesPerInstance(log)).toEqual({ '0': 2, '5': 1, '1': 1, '6': 1 });
    expect(imagesNow(log)['6']).toBe(NEW);
    expect(modelNow(log)).toMatchObject({ generation: 2, image: { version: NEW } });
    expect(neverBelow(log, 8)).toBe(true);
    expect(neverBelow(log, 9)).toBe(false);
    expect(batchesTable(log)).toMatchObject([
      { instances: ['0', '5'], updateDomains: [0], status: 'Succeeded', fewestServing: 8 },
      { instances: ['1', '6', '0'], updateDomains: [0, 1], status: 'Succeeded', fewestServing: 8 },
    ]);
  });
});
