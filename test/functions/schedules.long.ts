import { expect, it } from 'vitest';
import { KINDS } from '../lab/galleries.ts';
import { galleryImage, survives, type Runs } from '../lab/schedules.ts';

async function everyCall(
  when: 'before' | 'after',
  end: 'succeeded' | 'rolledBack',
  runs?: Runs,
): Promise<number> {
  let calls = 0;
  while ((await survives(when, calls + 1, end, runs)).struck) calls += 1;
  return calls;
}

it.each([
  ['before', 'succeeded'],
  ['after', 'succeeded'],
  ['before', 'rolledBack'],
] as const)('survives its death %s every store call of a look that ends %s', async (when, end) => {
  expect(await everyCall(when, end)).toBeGreaterThan(20);
});

// Feature [Schedules] The app may die at any call of a look at an image of a gallery, own, shared or community (issue 17)
//   shown by: a look at sharedGalleryImageId survives its death before every store call, and ends rolledBack
it.each(
  KINDS.flatMap(([field, image]) => [
    // What is written does not depend on the kind of gallery; each dies once in a look that goes well and in one that does not.
    [field, field === 'communityGalleryImageId' ? 'after' : 'before', 'succeeded', image] as const,
    [field, 'before', 'rolledBack', image] as const,
  ]),
)('a look at %s survives its death %s every store call, and ends %s', async (field, when, end, image) => {
  expect(await everyCall(when, end, galleryImage(field, image))).toBeGreaterThan(20);
});
