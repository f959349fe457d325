import { describe, expect, it } from 'vitest';
import { compareManagement, managementGroups } from './management.ts';
import { haveRecordings, openRecordings, RECORDED } from './recordings.ts';

const present = haveRecordings();

describe.skipIf(!present)('the recorded answers of the management API', () => {
  for (const folder of present ? RECORDED : []) {
    const recordings = openRecordings(folder);
    it.each(managementGroups(recordings))(`${recordings.label}: $name`, async (group) => {
      expect(await compareManagement(group)).toEqual([]);
    });
  }
});
