import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageApp } from '../../tools/package.ts';
import { filesIn } from '../../tools/package/unpack.ts';
import { stateFolder } from '../e2e/support/state.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const HIGHEST_BYTES = 5 * 1024 * 1024;

const packed = await packageApp();
const files = filesIn(packed.content);
const text = (name: string): string => files.get(name)?.toString('utf8') ?? '';

describe('the package', () => {
  it('is the same to the byte in two builds', () => {
    using folder = stateFolder('package-again');
    const [out, copy] = [join(folder.path, 'out'), join(folder.path, 'deployed.zip')];
    const tool = join(ROOT, 'tools', 'package.ts');
    const { status } = spawnSync(process.execPath, [tool, '--out', out, '--copy', copy]);
    expect(status).toBe(0);
    const again = createHash('sha256').update(readFileSync(copy)).digest('hex');
    expect(again).toBe(packed.sha256);
    const sum = readFileSync(join(out, `${packed.name}.zip.sha256`), 'utf8');
    expect(sum).toBe(`${again}  ${packed.name}.zip\n`);
  });

  it('holds what Azure Functions needs, and nothing to install', () => {
    const page = [...files.keys()].filter((name) => name.startsWith('dist/dashboard/assets/'));
    expect(page.filter((name) => !/-[\w-]{8}\.(?:js|css|svg)$/.test(name))).toEqual([]);
    expect([...files.keys()].filter((name) => !page.includes(name))).toEqual([
      'LICENSE',
      'dist/dashboard/index.html',
      'dist/main.js',
      'host.json',
      'package.json',
      'sbom.cdx.json',
    ]);
    const manifest = JSON.parse(text('package.json'));
    expect(files.has(manifest.main)).toBe(true);
    expect(manifest).not.toHaveProperty('dependencies');
    expect(manifest).not.toHaveProperty('scripts');
    expect(text('host.json')).toBe(readFileSync(join(ROOT, 'host.json'), 'utf8'));
    expect(packed.content.length).toBeLessThan(HIGHEST_BYTES);
  });

  it('carries no code of the local platform, the command line or the tests', () => {
    // The bundler names each file that it takes code from.
    const named = [...text('dist/main.js').matchAll(/^\/\/ ((?:src|local|cli|test|tools|bench)\/\S+)$/gm)];
    const folders = new Set(named.map(([, file = '']) => file.split('/')[0]));
    expect(named.length).toBeGreaterThan(100);
    expect([...folders]).toEqual(['src']);
  });

  it('tells nothing of the machine that it was built on', () => {
    for (const content of files.values()) expect(content.includes(ROOT)).toBe(false);
  });

  it('is an archive for other readers, too', () => {
    using folder = stateFolder('package');
    const file = join(folder.path, 'app.zip');
    writeFileSync(file, packed.content);
    const readers: readonly (readonly [string, readonly string[]])[] = [
      ['python3', ['-m', 'zipfile', '-t', file]],
      ['unzip', ['-tq', file]],
    ];
    const results = readers.map(([program, args]) => ({ program, ...spawnSync(program, args) }));
    const there = results.filter(({ error }) => error === undefined);
    if (there.length === 0) console.log('neither python3 nor unzip is here to read the archive');
    for (const { program, status } of there) expect(status, program).toBe(0);
  });
});

describe('its bill of materials', () => {
  const bill = JSON.parse(packed.bill);

  it('is CycloneDX, and names each package that the bundle has code of', () => {
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
    const inBundle = [
      ...text('dist/main.js').matchAll(
        /^\/\/ node_modules\/(?:\S+\/node_modules\/)?((?:@[^/]+\/)?[^/\s]+)\/\S+$/gm,
      ),
    ].map(([, name = '']) => name);
    expect(inBundle.length).toBeGreaterThan(100);
    const named = new Set(bill.components.map(({ name }: { name: string }) => name));
    expect(inBundle.filter((name) => !named.has(name))).toEqual([]);
    expect(named).toContain('preact');
    expect(named).toContain('@preact/signals');
  });

  it('knows version, licence and hash of each', () => {
    for (const { name, version, licenses, hashes, purl } of bill.components) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+/);
      expect(licenses, name).toHaveLength(1);
      expect(hashes[0], name).toMatchObject({
        alg: 'SHA-512',
        content: expect.stringMatching(/^[0-9a-f]{128}$/),
      });
      expect(purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${version}`);
    }
  });
});

it('has an entry in the changelog for its version', () => {
  const { version } = JSON.parse(text('package.json'));
  expect(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')).toContain(`\n## ${version}\n`);
});

it('says how to get Core Tools where there are none', () => {
  const path = dirname(process.execPath);
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'tools', 'start-func.ts')], {
    env: { PATH: [path].join(delimiter) },
    encoding: 'utf8',
  });
  expect(status).toBe(69);
  expect(stderr).toContain('azure-functions-core-tools@4');
});
