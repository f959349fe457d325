import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aRollout, ended } from '../test/cli/rollouts.ts';
import { ok, startScriptedApp } from '../test/cli/scripted-app.ts';
import { spawnedBy } from '../test/package/spawned.ts';
import { writeCliPackage } from '../tools/package-cli.ts';
import { median } from './support/median.ts';

/*
 * How long somebody waits for an answer of the installed command, from Enter to the prompt: by the clock on the wall,
 * so on a machine that does nothing else. The app answers at once.
 */

const ID = '20261120-100000-0000a001';
const ROUNDS = 9;
const WANTED = [
  { name: 'status', argv: ['status', ID], seconds: 0.35 },
  { name: 'list of 100', argv: ['list', '--top', '100'], seconds: 0.5 },
  { name: '--help', argv: ['--help'], seconds: 0.35 },
];

const folder = mkdtempSync(join(tmpdir(), 'bench-cli-'));
await writeCliPackage(folder);
const bin = join(folder, 'bin', 'vmss-rollout.js');
const value = Array.from({ length: 100 }, (_, index) =>
  aRollout({ id: `20261120-100000-${String(index).padStart(8, '0')}` }),
);
const app = await startScriptedApp({
  [`GET /api/rollouts/${ID}`]: [ok(ended('succeeded'))],
  'GET /api/rollouts?top=100': [ok({ value })],
});

for (const { name, argv, seconds } of WANTED) {
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = performance.now();
    const { code, err } = await spawnedBy(process.execPath, [bin, ...argv], { VMSS_ROLLOUT_URL: app.url });
    if (code !== 0) throw new Error(`${name} ended with ${code}: ${err}`);
    took.push((performance.now() - before) / 1000);
  }
  const half = median(took);
  console.log(
    `${name}: ${half.toFixed(3)} s, quickest ${Math.min(...took).toFixed(3)} s (wanted ${seconds} s: ${half <= seconds ? 'kept' : 'missed'})`,
  );
}

await app[Symbol.asyncDispose]();
rmSync(folder, { recursive: true });
