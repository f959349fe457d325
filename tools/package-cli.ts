import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { buildErrorText } from './build-error.ts';

const ROOT = join(import.meta.dirname, '..');

/** Packages of CommonJS style call `require`, which an ES module has to be given. */
const BANNER =
  "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);";

/** Old syntax only: it must load on any Node, to say what is missing. What it compiles is kept for the next start. */
const BIN = `#!/usr/bin/env node
import module from 'node:module';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 14)) {
  console.error('vmss-rollout: needs Node 22.14 or newer, not ' + process.versions.node);
  process.exitCode = 1;
} else {
  module.enableCompileCache();
  import('../lib/main.js').catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}
`;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
}

/** Writes the command line with all that it uses, so that it needs no package. */
async function writeBundle(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['cli/main.ts'],
    outdir: folder,
    bundle: true,
    // What few commands use is loaded by them only.
    splitting: true,
    minify: true,
    legalComments: 'linked',
    platform: 'node',
    format: 'esm',
    target: 'node22',
    banner: { js: BANNER },
    logLevel: 'silent',
  });
}

/** Writes the command line as a package of its own, which needs no other: what it uses is in it. */
export async function writeCliPackage(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'bin'), { recursive: true });
  await writeBundle(join(folder, 'lib'));
  const { name, version, description, license, engines } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  ) as Manifest;
  const manifest = {
    name,
    version,
    description,
    license,
    type: 'module',
    bin: { 'vmss-rollout': 'bin/vmss-rollout.js' },
    engines,
    files: ['bin', 'lib'],
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  writeFileSync(join(folder, 'bin', 'vmss-rollout.js'), BIN);
  chmodSync(join(folder, 'bin', 'vmss-rollout.js'), 0o755);
  cpSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
  cpSync(join(ROOT, 'docs', 'CLI.md'), join(folder, 'README.md'));
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: join(ROOT, 'dist') },
      // What `npm pack` in the checkout takes along.
      'bundle-only': { type: 'boolean', default: false },
    },
  });
  try {
    const out = resolve(values.out);
    if (values['bundle-only']) await writeBundle(join(ROOT, 'lib'));
    else await writePackage(out);
  } catch (error) {
    console.error(`cannot package the command line:\n${buildErrorText(error)}`);
    process.exitCode = 1;
  }
}

async function writePackage(out: string): Promise<void> {
  await writeCliPackage(join(out, 'cli'));
  execFileSync('npm', ['pack', '--silent', join(out, 'cli'), '--pack-destination', out], {
    stdio: 'inherit',
  });
}
