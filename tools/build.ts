import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { buildErrorText } from './build-error.ts';
import { bundlePage } from './page.ts';

const ROOT = join(import.meta.dirname, '..');
const ENTRY = 'src/main.ts';
const BUNDLE = 'dist/main.js';
/** Beside the bundle, where the app looks for it. */
const PAGE = 'dist/dashboard';

/** Packages of CommonJS style call `require`, which an ES module has to be given. */
const BANNER =
  "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);";

interface Bundle {
  readonly files: readonly { readonly path: string; readonly contents: Uint8Array }[];
  /** The files that went into it, from the root. */
  readonly inputs: readonly string[];
}

/** Bundles the function app into one file that any Functions worker loads, beside its source map. */
export async function bundleApp(root: string = ROOT): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [ENTRY],
    outfile: BUNDLE,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    // The Functions worker, and the local host, supply this one themselves.
    external: ['@azure/functions-core'],
    banner: { js: BANNER },
    sourcemap: true,
    logLevel: 'silent',
  });
  refuseLocalCode(metafile);
  return { files: outputFiles, inputs: Object.keys(metafile.inputs) };
}

/** Builds the function app and its page into `dist`; answers with the path of the bundle. */
export async function buildApp(root: string = ROOT): Promise<string> {
  const [app, page] = await Promise.all([bundleApp(root), bundlePage(root)]);
  const folder = join(root, PAGE);
  const files = page.files.map(({ path, contents }) => ({ path: join(folder, path), contents }));
  for (const { path, contents } of [...app.files, ...files]) await writeWhole(path, contents);
  await removeOthers(join(folder, 'assets'), new Set(files.map(({ path }) => basename(path))));
  return join(root, BUNDLE);
}

/** A host that starts meanwhile never reads half of a file. */
async function writeWhole(path: string, contents: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = join(dirname(path), `.${basename(path)}.${process.pid}`);
  await writeFile(unfinished, contents);
  await rename(unfinished, path);
}

/** Files of earlier builds; one that another build is just writing is left to it. */
async function removeOthers(folder: string, kept: ReadonlySet<string>): Promise<void> {
  const others = (await readdir(folder)).filter((name) => !kept.has(name) && !name.startsWith('.'));
  await Promise.all(others.map((name) => rm(join(folder, name), { force: true })));
}

/** What is deployed must not carry the simulator or the local host. */
function refuseLocalCode({ inputs }: Metafile): void {
  const strays = Object.keys(inputs).filter((path) => /^(local|cli|dashboard|test|tools)\//.test(path));
  if (strays.length > 0) throw new Error(`the app must not import ${strays.join(', ')}`);
}

if (import.meta.main) {
  try {
    console.log(`built ${await buildApp()}`);
  } catch (error) {
    console.error(`cannot build the function app:\n${buildErrorText(error)}`);
    process.exitCode = 1;
  }
}
