import { describe, expect, it } from 'vitest';
import { ActionType } from '../../../local/host/durable/actions.ts';
import { compareScenario } from './compare.ts';
import { haveRecordings, recordedNames, scenarios, turnsOf } from './recordings.ts';

/** Entities, locks and callHttp are not implemented; their scenarios wait. */
const UNSUPPORTED = [
  ActionType.CallEntity,
  ActionType.CallHttp,
  ActionType.SignalEntity,
  ActionType.LockEntities,
  ActionType.ReleaseEntities,
].map((type) => `"actionType":${type}`);

function isSupported(scenario: string): boolean {
  const text = JSON.stringify(turnsOf(scenario));
  return !UNSUPPORTED.some((action) => new RegExp(`${action}\\b`).test(text));
}

const recorded = haveRecordings() ? recordedNames() : [];
const all = recorded.length === 0 ? [] : scenarios().filter(({ name }) => recorded.includes(name));

describe.skipIf(all.length === 0)('every recorded scenario', () => {
  it.each(all.filter(({ name }) => isSupported(name)))('$name', async (scenario) => {
    expect(await compareScenario(scenario)).toEqual({ worker: [], turns: [], endToEnd: [] });
  });

  it.skip.each(all.filter(({ name }) => !isSupported(name)))('$name (not implemented)', () => undefined);
});
