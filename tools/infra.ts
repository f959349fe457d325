import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bicepCompiler, NoCompilerError, type Finished } from './infra/compiler.ts';

const INFRA = join(import.meta.dirname, '..', 'infra');
const MAIN = join(INFRA, 'main.bicep');
/** What azd deploys by default, and one with every parameter. */
const PARAMETERS = ['main.bicepparam', join('tried', 'two-groups.bicepparam')];

/** A deployment that nobody makes: what it would come to is held in the snapshots. */
const NOBODYS = [
  '--tenant-id',
  '00000000-0000-4000-8000-000000000002',
  '--subscription-id',
  '00000000-0000-4000-8000-000000000001',
  '--location',
  'westeurope',
];

/** What azd would give to the parameters must not change the snapshot. */
const GIVEN_BY_AZD = [
  'AZURE_ENV_NAME',
  'AZURE_LOCATION',
  'AUTH_CLIENT_ID',
  'SCALE_SET_GROUPS',
  'ALERT_EMAIL',
  'NOTICE_SETTINGS',
];

function check(write: boolean): boolean {
  for (const name of GIVEN_BY_AZD) delete process.env[name];
  const bicep = bicepCompiler();
  const folder = mkdtempSync(join(tmpdir(), 'infra-'));
  try {
    const mode = write ? 'overwrite' : 'validate';
    return [
      silent('build', bicep(['build', MAIN, '--outfile', join(folder, 'main.json')])),
      silent('lint', bicep(['lint', MAIN])),
      ...PARAMETERS.flatMap((file) => {
        const path = join(INFRA, file);
        return [
          silent(
            `build-params ${file}`,
            bicep(['build-params', path, '--outfile', join(folder, 'given.json')]),
          ),
          silent(`snapshot ${file}`, bicep(['snapshot', path, '--mode', mode, ...NOBODYS])),
        ];
      }),
    ].every((isFine) => isFine);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A warning changes no exit code of the compiler, but is written: whatever it writes is a finding. */
function silent(step: string, { code, output }: Finished): boolean {
  const findings = output.trim();
  const isFine = code === 0 && findings === '';
  console.log(isFine ? `${step}: no finding` : `${step}: exit code ${code}\n${findings}`);
  return isFine;
}

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
try {
  if (!check(values.write)) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof NoCompilerError)) throw error;
  console.log(`${error.message} Nothing was compiled.`);
  if (process.env['CI'] !== undefined) process.exitCode = 1;
}
