import { afterAll, test } from 'vitest';
import { expectWithinTwo, measure } from './expectation.ts';
import { drawn } from '../lab/drawn.ts';
import { SHAPES } from './shapes.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const table: object[] = [];
/** Those that the page of features names are tried every day. */
const NAMED = ['1000, by update domain', '300, sliding', '15, other hardware'];
const shapes = drawn('expectations', SHAPES, { always: ({ name }) => NAMED.includes(name) });

afterAll(() => {
  console.log(`what plans expected and what their rollouts took, seed ${seed}`);
  console.table(table);
});

// Feature [Refusals and plans] A plan expects what its rollout takes, in time and requests: barrier (done when)
//   shown by: a plan expects within a factor of two what its rollout takes: 1000, by update domain
// Feature [Refusals and plans] The same for sliding (done when)
//   shown by: a plan expects within a factor of two what its rollout takes: 300, sliding
// Feature [Refusals and plans] The same for several actions on an instance (done when)
//   shown by: a plan expects within a factor of two what its rollout takes: 15, other hardware
test.each(shapes)('a plan expects within a factor of two what its rollout takes: $name', async (shape) => {
  const measured = await measure(shape, seed);
  const { expected, took, batches } = measured;
  table.push({
    shape: shape.name,
    batches,
    'seconds expected': expected.seconds,
    'seconds taken': Math.round(took.seconds),
    'ratio of seconds': (expected.seconds / took.seconds).toFixed(2),
    'requests expected': expected.armRequests,
    'requests sent': took.armRequests,
    'ratio of requests': (expected.armRequests / took.armRequests).toFixed(2),
  });
  expectWithinTwo(measured);
});
