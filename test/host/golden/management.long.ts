import { describe, expect, it } from 'vitest';
import { compareManagement, managementGroups } from './management.ts';
import { haveRecordings } from './recordings.ts';

const groups = haveRecordings() ? managementGroups() : [];

describe.skipIf(groups.length === 0)('the recorded answers of the management API', () => {
  it.each(groups)('$name', async (group) => {
    expect(await compareManagement(group)).toEqual([]);
  });
});
