import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ended } from '../cli/rollouts.ts';
import { ok, startScriptedApp } from '../cli/scripted-app.ts';
import { spawnedBy } from './spawned.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const ID = '20261120-100000-0000a001';
/** As somebody has it who has never run the project's own Node. */
const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}` };

const folder = mkdtempSync(join(tmpdir(), 'npm-pack-'));
const checkout = join(folder, 'checkout');
const empty = join(folder, 'empty');

const git = (...words: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...words], {
    cwd: checkout,
    encoding: 'utf8',
  });
const pack = () => spawnSync('npm', ['pack'], { cwd: checkout, env, encoding: 'utf8' });

beforeAll(() => {
  // Not what is committed alone: what would be.
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  for (const file of files.trimEnd().split('\n')) cpSync(join(ROOT, file), join(checkout, file));
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'as it is');
  mkdirSync(empty);
  writeFileSync(join(empty, 'package.json'), '{}');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm pack in the checkout', () => {
  // Feature [Deployment] `npm pack` makes a command that installs alone, offline, without the app's dependencies (CLI)
  it('makes a command that can be installed offline, with no other package', async () => {
    const packed = pack();
    expect(packed.status, packed.stderr).toBe(0);
    const [file = ''] = readdirSync(checkout).filter((name) => name.endsWith('.tgz'));
    execFileSync('npm', ['install', '--offline', '--silent', join(checkout, file)], { cwd: empty, env });
    expect(readdirSync(join(empty, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'vmss-rollout',
    ]);

    const bin = join(empty, 'node_modules', '.bin', 'vmss-rollout');
    const help = await spawnedBy(process.execPath, [bin, '--help'], {});
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain('Usage: vmss-rollout');
    await using app = await startScriptedApp({ [`GET /api/rollouts/${ID}`]: [ok(ended('succeeded'))] });
    const status = await spawnedBy(process.execPath, [bin, 'status', ID], { VMSS_ROLLOUT_URL: app.url });
    expect(status).toMatchObject({ code: 0, err: '' });
    expect(status.out).toMatch(/^phase +succeeded$/m);
  });

  it('leaves the checkout as it was', () => {
    expect(git('status', '--porcelain')).toBe('');
  });

  it('leaves it so, and makes nothing, where the command line cannot be bundled', () => {
    for (const name of readdirSync(checkout)) if (name.endsWith('.tgz')) rmSync(join(checkout, name));
    const broken = join(checkout, 'cli', 'main.ts');
    const whole = readFileSync(broken, 'utf8');
    writeFileSync(broken, `import './nowhere.ts';\n${whole}`);
    const packed = pack();
    writeFileSync(broken, whole);
    expect(packed.status).not.toBe(0);
    expect(packed.stderr + packed.stdout).toContain('nowhere.ts');
    expect(readdirSync(checkout).filter((name) => name.endsWith('.tgz'))).toEqual([]);
    expect(git('status', '--porcelain')).toBe('');
  });
});
