import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageApp } from '../../tools/package.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}
interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}
const MANIFEST = JSON.parse(read('package.json')) as Manifest;
const LOCK = JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, Locked>> };
const INSTALLED = Object.entries(LOCK.packages).filter(([path]) => path.startsWith('node_modules/'));

const MOST_DEPENDENCIES = 16;
/** What anybody may use without opening their own source. */
const LICENCES = new Set([
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
]);

/** Packages that a folder's code names. */
function importedBy(folder: string): ReadonlySet<string> {
  const files = globSync(`${folder}/**/*.ts`, { cwd: ROOT });
  const names = files.flatMap((file) =>
    [
      ...read(file).matchAll(
        /(?:^(?:import|export|\}).* from |\bimport\()'(@[^/']+\/[^/']+|[^./'@][^/']*)/gm,
      ),
    ].map(([, name = '']) => name),
  );
  return new Set(names.filter((name) => !name.startsWith('node:')));
}

it('runs no script of a package when it is installed', () => {
  // npm refuses to install a package with a script that nobody has allowed or denied, and skips those that are denied.
  expect(read('.npmrc')).toMatch(/^strict-allow-scripts=true$/m);
  const scripted = INSTALLED.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  expect(MANIFEST.allowScripts).toEqual(
    Object.fromEntries(scripted.map(([path]) => [path.split('node_modules/').at(-1), false])),
  );
});

it('takes each package from the registry, by a hash', () => {
  expect(INSTALLED.length).toBeGreaterThan(300);
  for (const [path, { version, integrity, resolved, link }] of INSTALLED) {
    if (link === true) {
      expect(resolved, path).toBe('tools/runtime');
      continue;
    }
    expect(integrity, path).toMatch(/^sha512-/);
    expect(version, path).toMatch(/^\d+\.\d+\.\d+/);
    // Where there is an address it may be no other than the registry's.
    if (resolved !== undefined) expect(resolved, path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
  }
});

it('names every version exactly', () => {
  for (const [name, version] of Object.entries(MANIFEST.devDependencies)) {
    if (name !== '@local/runtime') expect(version, name).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/);
  }
});

it(`bundles at most ${MOST_DEPENDENCIES} packages with the app, and leaves none to install`, () => {
  const app = [...importedBy('src')].filter((name) => name !== '@azure/functions-core').sort();
  expect(app.length).toBeLessThanOrEqual(MOST_DEPENDENCIES);
  const cli = [...importedBy('cli')];
  for (const name of [...app, ...cli]) expect(Object.keys(MANIFEST.devDependencies)).toContain(name);
  expect(MANIFEST.dependencies).toBeUndefined();
});

it('deploys code under licences that anybody may use', async () => {
  const { components } = JSON.parse((await packageApp(ROOT)).bill) as {
    readonly components: readonly {
      readonly name: string;
      readonly licenses: readonly {
        readonly expression?: string;
        readonly license?: { readonly id: string };
      }[];
    }[];
  };
  for (const { name, licenses } of components) {
    const [first] = licenses;
    const choices = (first?.expression ?? first?.license?.id ?? '').replaceAll(/[()]/g, '').split(' OR ');
    expect(
      choices.some((licence) => LICENCES.has(licence)),
      `${name}: ${choices.join(', ')}`,
    ).toBe(true);
  }
});

it('runs nothing that a text names: no eval, no process, no import of a path that is made up', () => {
  for (const file of globSync('src/**/*.ts', { cwd: ROOT })) {
    expect(read(file), file).not.toMatch(/\beval\(|new Function\(|child_process|\bimport\((?!')|\brequire\(/);
  }
});
