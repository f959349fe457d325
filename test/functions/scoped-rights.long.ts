import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawn, told } from '../lab/drawn.ts';
import { OWNERS, SCENES, wrongCells } from '../lab/scoped.ts';
import { startTokens } from '../lab/signed.ts';
import type { Tokens } from '../lab/signed.ts';

let tokens: Tokens;
beforeAll(async () => {
  tokens = await startTokens();
});
afterAll(async () => {
  await tokens[Symbol.asyncDispose]();
});

it('every phase is one of the scenes', () => {
  const live = 'accepted planning waiting applyingModel upgrading settling soaking paused rollingBack';
  const ends = 'succeeded rolledBack halted failed refused rejected cancelled';
  expect(SCENES.map(({ phase }) => phase).toSorted()).toEqual(`${live} ${ends}`.split(' ').toSorted());
});

describe.each(OWNERS)('who has a role for one scale set, with %s', (_, scaleSet, by) => {
  // Feature [Control] A status says to every role, in every phase, what they may do next and why not the rest (S6)
  //   shown by: who has a role for one scale set, with another's rollout in their scope > may do what the table says, in soaking
  // Feature [Control] Roles may be given for single scopes: every role, command, phase, own or another's rollout, own or foreign scope (S6)
  //   shown by: who has a role for one scale set, with their own rollout in their scope > may do what the table says, in upgrading
  it.each(SCENES)('may do what the table says, in $phase', async (scene) => {
    expect(await wrongCells(tokens, scene, { scaleSet, by })).toEqual([]);
  });
});

it('who has a role by tag may do what the table says, in every phase', async () => {
  const all = OWNERS.flatMap(([what, scaleSet, by]) =>
    SCENES.map((scene) => ({ what, scaleSet, by, scene })),
  );
  for (const { what, scaleSet, by, scene } of told('rights by tag', drawn('rights by tag', all))) {
    const wrong = await wrongCells(tokens, scene, { scaleSet, by, area: 'tag' });
    expect(wrong, `${what} in ${scene.phase}`).toEqual([]);
  }
});
