import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Manifest = z.object({ name: z.string(), version: z.string(), license: z.string().optional() });
const Lock = z.object({ packages: z.record(z.string(), z.object({ integrity: z.string().optional() })) });

/** One package of which code is in the bundle. */
interface Bundled {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly sha512: string;
}

/**
 * A CycloneDX 1.6 bill of materials of what is in the bundle, by the files that the bundler has read. It names neither
 * a time nor a serial number, so that two builds of one commit have one hash.
 */
export function sbom(root: string, inputs: readonly string[]): string {
  const app = manifest(root);
  const lock = Lock.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  const folders = [...new Set(inputs.flatMap((input) => packageFolder(input) ?? []))].sort();
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': app.name,
        name: app.name,
        version: app.version,
        licenses: [{ license: { id: app.license } }],
      },
    },
    components: folders.map((folder) => component(bundled(root, lock, folder))),
  };
  return `${JSON.stringify(bill, undefined, 2)}\n`;
}

/** `node_modules/a/node_modules/@b/c/lib/x.js` belongs to `node_modules/a/node_modules/@b/c`. */
function packageFolder(input: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
}

function bundled(root: string, lock: z.infer<typeof Lock>, folder: string): Bundled {
  const { name, version, license } = manifest(join(root, folder));
  const integrity = lock.packages[folder]?.integrity;
  if (license === undefined) throw new Error(`${folder} names no licence`);
  if (integrity?.startsWith('sha512-') !== true) throw new Error(`${folder} has no sha512 in the lock file`);
  const sha512 = Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex');
  return { folder, name, version, license, sha512 };
}

function component({ folder, name, version, license, sha512 }: Bundled) {
  const purl = `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
  return {
    type: 'library',
    // Two copies of one version are two components.
    'bom-ref': folder,
    name,
    version,
    scope: 'required',
    hashes: [{ alg: 'SHA-512', content: sha512 }],
    licenses: [/[ ()]/.test(license) ? { expression: license } : { license: { id: license } }],
    purl,
  };
}

function manifest(folder: string): z.infer<typeof Manifest> {
  return Manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
}
