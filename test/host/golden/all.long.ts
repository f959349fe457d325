import { describe, expect, it } from 'vitest';
import { differencesOf } from './compare.ts';
import { haveRecordings, openRecordings, RECORDED } from './recordings.ts';

const present = haveRecordings();

describe.skipIf(!present)('every recorded scenario', () => {
  for (const folder of present ? RECORDED : []) {
    const recordings = openRecordings(folder);
    it.each(recordings.names)(`${recordings.label}: %s`, async (name) => {
      expect(await differencesOf(recordings, name)).toEqual([]);
    });
  }
});
