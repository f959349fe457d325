import { expect, it, test } from 'vitest';
import { startLab, WEB } from '../lab/lab.ts';
import { expectWithinTwo, measure } from './expectation.ts';
import { SHAPES } from './shapes.ts';

const QUICK = ['5, as it is by default', '15, sliding', '15, custom data', '15, tags only'];

test.each(SHAPES.filter(({ name }) => QUICK.includes(name)))(
  'a plan expects within a factor of two what its rollout takes: $name',
  async (shape) => {
    expectWithinTwo(await measure(shape, 1));
  },
);

it('expects nothing where nothing is to be done but look', async () => {
  await using lab = await startLab({ count: 5 });
  const { body } = await lab.call('POST', '/plans', { scaleSet: WEB, change: {} });
  expect(body.expected.seconds).toBe(0);
  const asked = lab.log.length;
  await lab.rollOut({ change: {} });
  const sent = lab.log.slice(asked).filter(({ kind }) => kind === 'request').length;
  expect(body.expected.armRequests).toBe(sent);
});
