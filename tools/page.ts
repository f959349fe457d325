import { join, relative, sep } from 'node:path';
import { build, type Rolldown } from 'vite';

const ROOT = join(import.meta.dirname, '..');
/** Where the function app serves it: `routePrefix` of host.json, and the function's route. */
const BASE = '/api/dashboard/';

/** What every page needs; anything else here would be loaded by pages that have no use for it. */
const BASE_MODULES =
  /node_modules|client\/|dashboard\/api\/(client|key|list|paths|thread)|dashboard\/live\/(caller|here|now|pace|repeat|together|use-watch|watch)|dashboard\/view\/(place|status|text|time)\.ts|dashboard\/parts\/(choice|lazy|still|time|trouble)\.tsx/;

/** The map of instances, which two pages begin with. */
const MAP_MODULES =
  /dashboard\/(parts\/(heat-map|instance-map|neighbour)|view\/(domain|heat-map|modes|states))\.ts/;

/** What is needed together is packed better as one file than as ten. */
const GROUPS = [
  { name: 'base', test: BASE_MODULES },
  { name: 'map', test: MAP_MODULES },
];

interface PageBundle {
  /** By the path below the page's folder. */
  readonly files: readonly { readonly path: string; readonly contents: Uint8Array }[];
  /** The files that went into it, from the root. */
  readonly inputs: readonly string[];
}

/** Bundles the page into one HTML file and a few files with hashed names; the same to the byte in two builds. */
export async function bundlePage(root: string = ROOT): Promise<PageBundle> {
  const output = await build({
    configFile: false,
    root: join(root, 'dashboard'),
    base: BASE,
    logLevel: 'error',
    mode: 'production',
    // Whatever the environment says: what is built depends on the sources alone.
    define: { 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
    build: {
      write: false,
      target: 'es2023',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        output: {
          entryFileNames: 'assets/[name]-[hash].js',
          codeSplitting: { groups: GROUPS },
        },
      },
    },
  });
  const outputs = outputsOf(output);
  const modules = outputs.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  return {
    files: outputs.map((file) => ({
      path: file.fileName,
      contents: Buffer.from(file.type === 'chunk' ? file.code : file.source),
    })),
    inputs: [...new Set(modules)]
      .filter((module) => !module.startsWith('\0'))
      .map((module) => relative(root, module).split(sep).join('/')),
  };
}

function outputsOf(output: Awaited<ReturnType<typeof build>>): Rolldown.RolldownOutput['output'][number][] {
  if ('on' in output) throw new Error('the bundler watches instead of building');
  return [output].flat().flatMap((one) => [...one.output]);
}
