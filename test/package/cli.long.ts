import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aRollout, ended } from '../cli/rollouts.ts';
import { ok, startScriptedApp } from '../cli/scripted-app.ts';
import { spawnedBy } from './spawned.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const ID = '20261120-100000-0000a001';
const TRIES = 5;

let folder = '';
let bin = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-package-'));
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` };
  execFileSync(process.execPath, [join(ROOT, 'tools', 'package-cli.ts'), '--out', folder], { env });
  const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  writeFileSync(join(folder, 'package.json'), '{}');
  execFileSync('npm', ['install', '--offline', '--silent', join(folder, file)], { cwd: folder, env });
  bin = join(folder, 'node_modules', '.bin', 'vmss-rollout');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Seconds of the processor, which is what it takes on a machine that does nothing else: the best of a few runs. */
async function quickest(url: string, argv: readonly string[]): Promise<number> {
  const took: number[] = [];
  for (let run = 0; run < TRIES; run += 1) {
    const line = 'TIMEFORMAT="spent %U %S"; time "$@" > /dev/null';
    const { code, err } = await spawnedBy('bash', ['-c', line, 'bash', process.execPath, bin, ...argv], {
      VMSS_ROLLOUT_URL: url,
      LC_ALL: 'C',
    });
    expect(code, err).toBe(0);
    const [, user, system] = /spent (\S+) (\S+)/.exec(err) ?? [];
    took.push(Number(user) + Number(system));
  }
  return Math.min(...took);
}

describe('the command line as a package', () => {
  // Feature [Deployment] The command line as a package of its own, without the app's dependencies (CLI)
  it('needs no other package', () => {
    const installed = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(installed).toEqual(['vmss-rollout']);
    const manifest = JSON.parse(readFileSync(join(folder, 'node_modules/vmss-rollout/package.json'), 'utf8'));
    expect(manifest).not.toHaveProperty('dependencies');
    const { status, stdout } = spawnSync(process.execPath, [bin, '--version'], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${manifest.version}\n` });
  });

  it('has what few commands use: queries, YAML, the sign-in', async () => {
    await using app = await startScriptedApp({ [`GET /api/rollouts/${ID}`]: [ok(ended('succeeded'))] });
    const env = { VMSS_ROLLOUT_URL: app.url };
    const queried = await spawnedBy(
      process.execPath,
      [bin, 'status', ID, '--query', '{a:phase}', '-o', 'yaml'],
      env,
    );
    expect(queried).toEqual({ code: 0, out: 'a: succeeded\n', err: '' });
    const asked = await spawnedBy(process.execPath, [bin, 'status', ID], {
      ...env,
      VMSS_ROLLOUT_AUDIENCE: 'x',
      PATH: '/nowhere',
    });
    expect(asked.err).toContain('cannot sign in');
  });

  // Feature [For a bad night] `status` within 0.35 s, a list of a hundred within 0.5 s (CLI)
  it('answers at once', async () => {
    const value = Array.from({ length: 100 }, (_, index) =>
      aRollout({ id: `20261120-100000-${String(index).padStart(8, '0')}` }),
    );
    await using app = await startScriptedApp({
      [`GET /api/rollouts/${ID}`]: [ok(ended('succeeded'))],
      'GET /api/rollouts?top=100': [ok({ value })],
    });
    const took = {
      status: await quickest(app.url, ['status', ID]),
      list: await quickest(app.url, ['list', '--top', '100']),
    };
    console.log(`status ${took.status.toFixed(3)} s, list of 100 ${took.list.toFixed(3)} s`);
    expect(took.status).toBeLessThan(0.35);
    expect(took.list).toBeLessThan(0.5);
  });
});
