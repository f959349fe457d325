import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { JUSTIFICATIONS, judge } from '../../tools/recordings-justified.ts';
import { readRecording } from '../../tools/recordings-read.ts';
import { replay, type Difference } from '../../tools/recordings-replay.ts';
import { compareShapes } from '../../tools/recordings-shape.ts';
import { PLAIN_WAYS } from '../../local/simulator/ways.ts';
import { isCi } from './shared.ts';

const FOLDER = '../shared/recordings';
const present = existsSync(FOLDER);
if (!present) console.log(`${FOLDER} is absent: the simulator is not compared with real traffic.`);

describe('recorded traffic of Azure', () => {
  it.skipIf(!present && !isCi).each([
    ['as it is', {}],
    ['without the ways of real services', PLAIN_WAYS],
  ])('gets the same statuses, headers and shapes from the simulator %s', async (_name, ways) => {
    const differences: Difference[] = [];
    let compared = 0;
    for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'))) {
      const replayed = await replay(readRecording(`${FOLDER}/${file}`), ways);
      compared += replayed.compared;
      differences.push(...replayed.differences);
    }
    const { unjustified, unused } = judge(differences);
    expect(unjustified).toEqual([]);
    expect(unused).toEqual([]);
    expect(compared).toBeGreaterThan(100);
    expect(JUSTIFICATIONS.length).toBeLessThan(10);
  });
});

describe('the comparison of shapes', () => {
  it('sees missing and extra names and other types, and tells of each once', () => {
    const recorded = { a: 1, list: [{ x: 'one' }, { x: 'two', y: { z: 1 } }], gone: { deep: 1 } };
    expect(compareShapes(recorded, { a: '1', list: [{ x: 'one', w: 1 }] })).toEqual([
      { path: 'a', what: 'type' },
      { path: 'list[].y', what: 'missing' },
      { path: 'gone', what: 'missing' },
      { path: 'list[].w', what: 'extra' },
    ]);
    expect(compareShapes(recorded, structuredClone(recorded))).toEqual([]);
  });
});
