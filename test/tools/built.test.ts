import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ensureBuilt } from '../../tools/built.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'built-'));
  for (const folder of ['src', 'dashboard']) mkdirSync(join(root, folder));
  write('src/main.ts', "console.log('first' as string);\n");
  write('dashboard/index.html', '<!doctype html><script type="module" src="./main.ts"></script>\n');
  write('dashboard/main.ts', 'document.title = "page";\n');
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (file: string, text: string): void => writeFileSync(join(root, file), text);
const bundle = (): string => join(root, 'dist/main.js');
const bundled = (): string => readFileSync(bundle(), 'utf8');

it('builds what is not built yet, and nothing that is', async () => {
  await ensureBuilt(root);
  expect(bundled()).toContain('first');
  const { ino } = statSync(bundle());
  await ensureBuilt(root);
  expect(statSync(bundle()).ino).toBe(ino);
});

it.each([
  ['a source', 'src/main.ts', "console.log('second');\n"],
  ['a source that nobody uses yet', 'src/other.ts', 'export const OTHER = 1;\n'],
  ['the page', 'dashboard/main.ts', 'document.title = "other";\n'],
  ['what is installed', 'node_modules/.package-lock.json', '{}'],
  ['what was built', 'dist/main.js', "console.log('from elsewhere');\n"],
])('builds again where %s has changed', async (_what, file, text) => {
  mkdirSync(join(root, 'node_modules'));
  await ensureBuilt(root);
  write(file, text);
  const { ino } = statSync(bundle());
  await ensureBuilt(root);
  expect(statSync(bundle()).ino).not.toBe(ino);
  expect(bundled()).toContain(file === 'src/main.ts' ? 'second' : 'first');
});
