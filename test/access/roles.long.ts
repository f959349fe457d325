import { beforeAll, describe, expect, it } from 'vitest';
import { GRANTED } from '../lab/access.ts';
import { drawn } from '../lab/drawn.ts';
import { ERRANDS, runErrand, type Run } from './errands.ts';

/** Without it the app looks at the instances themselves: slower, and blind to an operation's own error. */
const NOT_ENDED_BY = 'Microsoft.Compute/locations/operations/read';

const whole = new Map<string, Run>();
beforeAll(async () => {
  for (const errand of ERRANDS) whole.set(errand.name, await runErrand(errand));
}, 600_000);

describe('the roles that are deployed', () => {
  // Feature [Deployment] Roles with exactly the actions that the app calls, linked ones included (Deployment)
  it('let the app do everything that it does, and nothing more', () => {
    const ends = Object.fromEntries([...whole].map(([name, { end }]) => [name, end]));
    expect(ends).toEqual(Object.fromEntries(ERRANDS.map(({ name, end }) => [name, end])));
    const asked = new Set([...whole.values()].flatMap((run) => [...run.asked]));
    expect(GRANTED.filter((action) => !asked.has(action.toLowerCase()))).toEqual([]);
    const granted = new Set(GRANTED.map((action) => action.toLowerCase()));
    expect([...asked].filter((action) => !granted.has(action))).toEqual([]);
  });

  it.each(drawn('actions of the roles', GRANTED))('are not enough without %s', async (action) => {
    const errand = ERRANDS.find(({ name }) => whole.get(name)?.asked.has(action.toLowerCase()) === true);
    if (errand === undefined) throw new Error(`nothing asks for ${action}`);
    const { end, denied } = await runErrand(errand, action);
    expect(denied).toBeGreaterThan(0);
    if (action === NOT_ENDED_BY) expect(end).toBe(errand.end);
    else expect(end).not.toBe(errand.end);
  });
});
