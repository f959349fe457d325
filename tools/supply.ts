import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageApp } from './package.ts';

const ROOT = join(import.meta.dirname, '..');
const AUDIT_SECONDS = 60;

interface Component {
  readonly name: string;
  readonly version: string;
  readonly licenses: readonly { readonly expression?: string; readonly license?: { readonly id: string } }[];
}

/** Which licence the code of each package in the deployed bundle is under. */
async function licences(): Promise<void> {
  const { components } = JSON.parse((await packageApp(ROOT)).bill) as { readonly components: Component[] };
  const byLicence = Map.groupBy(
    components,
    ({ licenses: [first] }) => first?.expression ?? first?.license?.id ?? '',
  );
  for (const [licence, packages] of [...byLicence].sort(([one], [other]) => (one < other ? -1 : 1))) {
    console.log(`${licence}: ${packages.map(({ name, version }) => `${name} ${version}`).join(', ')}`);
  }
}

/** Asks the registry whether it signed what is installed. Where it cannot be asked, that is said, and nothing is shown. */
function signatures(): number {
  const { stdout, stderr, status, error } = spawnSync(
    'npm',
    ['audit', 'signatures', '--fetch-retries=0', '--fetch-timeout=20000', '--loglevel=error'],
    {
      cwd: ROOT,
      encoding: 'utf8',
      timeout: AUDIT_SECONDS * 1000,
    },
  );
  const said = `${stdout}${stderr}`.trim();
  if (status === 0) {
    console.log(said);
    return 0;
  }
  const isBad = /invalid|missing registry signature|tamper/i.test(said);
  if (isBad) {
    console.error(said);
    return 1;
  }
  const why =
    (error === undefined ? undefined : `no answer within ${AUDIT_SECONDS} s`) ??
    said.split('\n').find((line) => line.trim() !== '') ??
    'no answer';
  console.log(`The registry was not asked, so no signature is verified: ${why}`);
  return 0;
}

const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly devDependencies: Readonly<Record<string, string>>;
};
console.log(`${Object.keys(devDependencies).length} direct dependencies; code in the package, by licence:`);
await licences();
process.exitCode = signatures();
