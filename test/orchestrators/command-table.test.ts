import { describe, expect, it } from 'vitest';
import { SCENES } from '../lab/command-scenes.ts';
import { cellsOf, COMMANDS, expectRefusals, IN_PHASE, NAMING } from '../lab/command-table.ts';

const SOME = ['waiting at a gate', 'paused by a failure'];

describe('the tables of commands', () => {
  it('have every command and every phase', () => {
    const columns = new Set(SCENES.map(({ column }) => column));
    expect(COMMANDS).toHaveLength(9);
    expect(Object.keys(NAMING)).toEqual(COMMANDS);
    for (const command of COMMANDS) expect(new Set(Object.keys(IN_PHASE[command] ?? {}))).toEqual(columns);
    expect(SCENES.flatMap((scene) => cellsOf(scene)).length).toBeGreaterThan(2000);
  });

  // The others are in the long lane, with what is accepted.
  it.each(SCENES.filter(({ what }) => SOME.includes(what)))('are what is answered: $what', async (scene) => {
    expect(await expectRefusals(scene)).toBeGreaterThan(50);
  });
});
