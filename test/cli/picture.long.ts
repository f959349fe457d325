import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { drawn, FILE, paintedByARun } from './picture.ts';

// Feature [For a bad night] The picture of a terminal in README.md is what a run paints (CLI)
it('the picture of a terminal in README.md is what a run paints: npm run picture', async () => {
  const page = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  expect(page).toMatch(/!\[[^\]]+\]\(docs\/images\/terminal\.svg\)/);
  expect(readFileSync(FILE, 'utf8')).toBe(drawn(await paintedByARun()));
});
