import { describe, expect, it } from 'vitest';
import { compareScenario } from './compare.ts';
import { haveRecordings, recordedNames, scenarios } from './recordings.ts';

const recorded = haveRecordings() ? recordedNames() : [];
const all = recorded.length === 0 ? [] : scenarios().filter(({ name }) => recorded.includes(name));

describe.skipIf(all.length === 0)('every recorded scenario', () => {
  it.each(all)('$name', async (scenario) => {
    expect(await compareScenario(scenario)).toEqual({ worker: [], turns: [], endToEnd: [] });
  });
});
