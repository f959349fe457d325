import { describe, expect, it } from 'vitest';
import { differencesOf } from './golden/compare.ts';
import { haveRecordings, openRecordings, RECORDED } from './golden/recordings.ts';

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
  for (const folder of present ? RECORDED : []) {
    const recordings = openRecordings(folder);
    it.each(NAMES)(`${recordings.label}: %s`, async (name) => {
      expect(await differencesOf(recordings, name)).toEqual([]);
    });
  }
});
