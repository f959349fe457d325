import { describe, expect, it } from 'vitest';
import { differencesOf } from './compare.ts';
import { haveRecordings, recordedNames } from './recordings.ts';

const recorded = haveRecordings() ? recordedNames() : [];

describe.skipIf(recorded.length === 0)('every recorded scenario', () => {
  it.each(recorded)('%s', async (name) => {
    expect(await differencesOf(name)).toEqual([]);
  });
});
