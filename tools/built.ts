import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
/** All that a build reads; the last is what npm has really installed. */
const SOURCES = [
  '{src,client,dashboard}/**/*.*',
  'tools/{build,page}.ts',
  '{package,tsconfig}.json',
  'node_modules/.package-lock.json',
];
const OUTPUTS = ['dist/main.js', 'dist/dashboard/**/*.*'];
const STAMP = 'dist/.built';

/** Builds the app and its page, unless `dist` has what these very sources make: to build takes longer than to start. */
export async function ensureBuilt(root: string = ROOT): Promise<void> {
  const stamp = join(root, STAMP);
  const sources = digest(root, SOURCES);
  const isBuilt = existsSync(stamp) && readFileSync(stamp, 'utf8') === sources + digest(root, OUTPUTS);
  if (isBuilt) return;
  // Only now: the bundlers take a while to load.
  const { buildApp } = await import('./build.ts');
  await buildApp(root);
  writeFileSync(stamp, sources + digest(root, OUTPUTS));
}

/** Of names and contents, so that neither the times of files nor their order count. */
function digest(root: string, patterns: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of globSync(patterns, { cwd: root }).sort()) {
    const contents = readFileSync(join(root, file));
    hash.update(`${file}\n${contents.length}\n`).update(contents);
  }
  return hash.digest('hex');
}
