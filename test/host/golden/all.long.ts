import { describe, expect, it } from 'vitest';
import { compareScenario } from './compare.ts';
import { haveRecordings, recordedNames, scenarios } from './recordings.ts';

const present = haveRecordings();
const recorded = present ? recordedNames() : [];

describe.skipIf(!present)('every recorded scenario', () => {
  it.each(present ? scenarios().filter(({ name }) => recorded.includes(name)) : [])(
    '$name',
    async (scenario) => {
      const comparison = await compareScenario(scenario);
      expect(comparison.worker).toEqual([]);
      expect(comparison.turns).toEqual([]);
      expect(comparison.played).toEqual(comparison.recorded);
    },
  );
});
