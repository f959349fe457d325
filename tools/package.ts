import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildErrorText } from './build-error.ts';
import { bundleApp } from './build.ts';
import { bundlePage } from './page.ts';
import { sbom } from './package/sbom.ts';
import { zip, type ZipFile } from './package/zip.ts';

const ROOT = join(import.meta.dirname, '..');
const MOST_BYTES = 5 * 1024 * 1024;

interface Package {
  readonly name: string;
  readonly content: Buffer;
  readonly sha256: string;
  readonly bill: string;
}

/**
 * All that is deployed, in one zip: the bundle, the page's files, `host.json`, a `package.json` without dependencies, licence and bill of
 * materials. Two builds of one commit are the same to the byte.
 */
export async function packageApp(root: string = ROOT): Promise<Package> {
  const [{ files, inputs }, page] = await Promise.all([bundleApp(root), bundlePage(root)]);
  const bundle = files.find(({ path }) => path.endsWith('.js'));
  if (bundle === undefined) throw new Error('the build wrote no bundle');
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  const bill = sbom(root, [...inputs, ...page.inputs]);
  const content = zip([
    { name: 'dist/main.js', content: bundle.contents },
    ...page.files.map(({ path, contents }) => ({ name: `dist/dashboard/${path}`, content: contents })),
    { name: 'host.json', content: readFileSync(join(root, 'host.json')) },
    { name: 'package.json', content: Buffer.from(deployed(manifest)) },
    { name: 'LICENSE', content: readFileSync(join(root, 'LICENSE')) },
    { name: 'sbom.cdx.json', content: Buffer.from(bill) },
  ] satisfies ZipFile[]);
  if (content.length > MOST_BYTES) {
    throw new Error(`the package has ${content.length} bytes, more than the ${MOST_BYTES} allowed`);
  }
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { name: `${manifest.name}-${manifest.version}`, content, sha256, bill };
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly main: string;
  readonly engines: Readonly<Record<string, string>>;
}

/** Nothing to install is left, so nothing is listed: a build in the cloud has nothing to do either. */
function deployed({ name, version, license, main, engines }: Manifest): string {
  return `${JSON.stringify({ name, version, private: true, license, type: 'module', main, engines }, undefined, 2)}\n`;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { out: { type: 'string', default: join(ROOT, 'dist') }, copy: { type: 'string' } },
  });
  try {
    const { name, content, sha256, bill } = await packageApp();
    const out = resolve(values.out);
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, `${name}.zip`), content);
    writeFileSync(join(out, `${name}.cdx.json`), bill);
    writeFileSync(join(out, `${name}.zip.sha256`), `${sha256}  ${name}.zip\n`);
    // By a name that does not change with the version, for what deploys it.
    if (values.copy !== undefined) writeFileSync(values.copy, content);
    const file = relative(process.cwd(), join(out, `${name}.zip`));
    console.log(`packaged ${file}, ${Math.ceil(content.length / 1024)} KB, sha256 ${sha256}`);
  } catch (error) {
    console.error(`cannot package the function app:\n${buildErrorText(error)}`);
    process.exitCode = 1;
  }
}
