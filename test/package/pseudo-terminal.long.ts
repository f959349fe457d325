import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ended, upgrading } from '../cli/rollouts.ts';
import { ok, startScriptedApp } from '../cli/scripted-app.ts';
import { spawnedBy } from './spawned.ts';

const BIN = join(import.meta.dirname, '..', '..', 'bin', 'vmss-rollout.js');
const ID = '20261120-100000-0000a001';
const HAS_SCRIPT = spawnSync('script', ['--version']).status === 0;
if (!HAS_SCRIPT) console.log('skipped: there is no script(1) on this machine to make a pseudo terminal');

/** What `watch` writes to a pseudo terminal that is so wide. */
async function onTerminal(columns: number, env: NodeJS.ProcessEnv = {}): Promise<string> {
  await using app = await startScriptedApp({
    [`GET /api/rollouts/${ID}`]: [ok(upgrading(), { 'retry-after': '1' }), ok(ended('succeeded'))],
  });
  const line = `stty cols ${columns} rows 30; exec '${process.execPath}' '${BIN}' watch ${ID} -o none`;
  const surroundings = { TERM: 'xterm', NO_COLOR: '', VMSS_ROLLOUT_URL: app.url, ...env };
  const { code, out } = await spawnedBy('script', ['-qec', line, '/dev/null'], surroundings);
  expect(code, out).toBe(0);
  return out.replaceAll('\u001B', '<esc>');
}

// Feature [For a bad night] The live view on a real pseudo terminal, at its width (CLI)
//   shown by: a pseudo terminal of 80 columns is painted within it
it.skipIf(!HAS_SCRIPT).each([80, 120])(
  'a pseudo terminal of %i columns is painted within it',
  async (columns) => {
    const out = await onTerminal(columns);
    expect(out).toContain('<esc>[32m███████████<esc>[0m');
    const bare = out.replaceAll(/<esc>\[\d*[A-Za-z]/g, '');
    for (const line of bare.split(/\r?\n/)) expect(line.length).toBeLessThan(columns);
  },
);

it.skipIf(!HAS_SCRIPT)('it has no colours with NO_COLOR, and lines only with TERM=dumb', async () => {
  const plain = await onTerminal(80, { NO_COLOR: '1' });
  expect(plain).toContain('███████████');
  expect(plain).not.toContain('<esc>[32m');
  const dumb = await onTerminal(80, { TERM: 'dumb' });
  expect(dumb).not.toContain('<esc>');
  expect(dumb).toMatch(/^\d\d:\d\d:\d\d batch 1\/2 \(ud 0\) upgrading 0, 2 \[0\/4\]\r?$/m);
});
