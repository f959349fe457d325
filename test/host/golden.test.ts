import { describe, expect, it } from 'vitest';
import { compareScenario } from './golden/compare.ts';
import { haveRecordings, scenarios } from './golden/recordings.ts';

const NAMES = [
  'chain',
  'fan20',
  'anyFires4s',
  'anyCancel',
  'waitEvent',
  'eventAnyTimerLoop',
  'can',
  'customKinds',
  'sub',
  'subFail',
  'retryOk',
  'retryMax1',
  'catchAct',
  'throw',
  'terminate',
  'suspendResume',
];

const present = haveRecordings();

describe.skipIf(!present)('the recordings of the real extension', () => {
  it.each(NAMES)('%s', async (name) => {
    const scenario = scenarios().find((one) => one.name === name);
    if (scenario === undefined) throw new Error(`no scenario ${name}`);
    expect(await compareScenario(scenario)).toEqual({ worker: [], turns: [], endToEnd: [] });
  });
});
