import { expect, it } from 'vitest';
import { drawn } from '../lab/drawn.ts';
import { draw } from './draw.ts';
import { simulate } from './simulate.ts';

const SEEDS = Array.from({ length: 200 }, (_, index) => index + 1);

it.each(drawn('simulated rollouts', SEEDS))('a simulated rollout holds, seed %i', async (seed) => {
  expect((await simulate(draw(seed))).violations).toEqual([]);
});
