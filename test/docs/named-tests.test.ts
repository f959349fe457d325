import { existsSync, globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Pages about one house name its tests without their folder. */
const FOLDERS: Readonly<Record<string, string>> = {
  'docs/HOST.md': 'test/host/',
  'docs/SIMULATOR.md': 'test/simulator/',
};

const PAGES = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md')].filter(
  (page) => page !== 'docs/FEATURES.md',
);

const NAMED = PAGES.flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/[`(]((?:[\w.-]+\/)*[\w.-]+\.(?:test|long|real)\.ts)/g)].map(
    ([, file = '']) => ({ page, file }),
  ),
);

it('every test that a page names is there', () => {
  expect(NAMED.length).toBeGreaterThan(50);
  const missing = NAMED.filter(
    ({ page, file }) =>
      ![file, `test/${file}`, `${FOLDERS[page] ?? 'test/'}${file}`].some((path) => existsSync(path)),
  );
  expect(missing).toEqual([]);
});
