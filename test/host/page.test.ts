import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

it.each(['docs/HOST.md', 'docs/REAL.md'])('every test that %s names is there', (page) => {
  const named = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/`([\w/.-]+\.(?:test|long|real)\.ts)`/g)];
  const files = globSync('test/**/*.{test,long,real}.ts', { cwd: ROOT });
  expect(named.length).toBeGreaterThan(0);
  const missing = named.flatMap(([, path = '']) => {
    const isThere = files.some((file) =>
      path.includes('/') ? file.endsWith(path.replace(/^test\//, '')) : basename(file) === path,
    );
    return isThere ? [] : [path];
  });
  expect([...new Set(missing)]).toEqual([]);
});
