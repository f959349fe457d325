import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Runs every other benchmark of this folder, one after the other so that none disturbs another. */
const own = basename(import.meta.filename);
const benchmarks = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== own)
  .sort();

const failed: string[] = [];
for (const file of benchmarks) {
  console.log(`\n${file}`);
  const child = spawn(process.execPath, [join(import.meta.dirname, file)], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) failed.push(file);
}

console.log(failed.length === 0 ? `\n${benchmarks.length} benchmarks ran` : `\nfailed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
