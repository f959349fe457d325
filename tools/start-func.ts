import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { encryptionKeys } from '../local/platform/encryption-keys.ts';
import { packageApp } from './package.ts';
import { unpack } from './package/unpack.ts';

const FOLDER = join(import.meta.dirname, '..', '.local', 'func');
const EXIT_UNAVAILABLE = 69;

const HOW_TO_GET_IT = `npm run start:func needs Azure Functions Core Tools 4 (\`func\`) on the path, and there are none.
  macOS    brew tap azure/functions && brew install azure-functions-core-tools@4
  Windows  winget install Microsoft.Azure.FunctionsCoreTools
  else     npm install --global azure-functions-core-tools@4
npm start runs the same app without them.`;

/** Where the program is, as a shell would find it. */
function onPath(program: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const names = process.platform === 'win32' ? [`${program}.cmd`, `${program}.exe`] : [program];
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));
}

async function run(func: string): Promise<number> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  unpack((await packageApp()).content, FOLDER);
  const Values = {
    FUNCTIONS_WORKER_RUNTIME: 'node',
    AzureWebJobsStorage: process.env['AzureWebJobsStorage'] ?? 'UseDevelopmentStorage=true',
    ROLLOUT_ENCRYPTION_KEYS: process.env['ROLLOUT_ENCRYPTION_KEYS'] ?? encryptionKeys(dirname(FOLDER)),
  };
  // `func` starts without this file, but then does not know which language the app is in.
  writeFileSync(join(FOLDER, 'local.settings.json'), JSON.stringify({ IsEncrypted: false, Values }), {
    mode: 0o600,
  });
  const child = spawn(func, ['start', ...process.argv.slice(2)], { cwd: FOLDER, stdio: 'inherit' });
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
}

const func = onPath('func');
if (func === undefined) {
  console.error(HOW_TO_GET_IT);
  process.exitCode = EXIT_UNAVAILABLE;
} else {
  process.exitCode = await run(func);
}
