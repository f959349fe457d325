import { expect, it } from 'vitest';
import { draw } from './draw.ts';
import { simulate } from './simulate.ts';

it('draws the same rollout for the same seed, and another one for another', () => {
  expect(draw(7)).toEqual(draw(7));
  expect(draw(8)).not.toEqual(draw(7));
});

it('finds nothing wrong where nothing is, with crashes, lost workflows and a bad image', async () => {
  const crashed = await simulate(draw(8));
  expect(crashed).toMatchObject({ phase: 'succeeded', violations: [] });
  expect(crashed.crashes).toBeGreaterThan(10);
  expect(crashed.recoveries).toBeGreaterThan(0);
  expect(await simulate(draw(10))).toMatchObject({ phase: 'rolledBack', violations: [] });
});

it('says what does not hold', async () => {
  const { mayBeDown, ...drawn } = draw(3);
  expect(mayBeDown).toBeGreaterThan(1);
  const { violations } = await simulate({
    ...drawn,
    mayBeDown: 0,
    isBad: true,
  });
  expect(violations).toEqual([
    expect.stringContaining('it ended succeeded, not rolledBack'),
    expect.stringContaining(`fewer than ${drawn.count} served`),
  ]);
});
