import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, 'bicep.csproj');
const PACKAGES = join(import.meta.dirname, '..', '..', '.local', 'bicep');
const NAME = 'azure.bicep.commandline.linux-x64';
const VERSION = '0.49.2';
const PACKAGE = join(PACKAGES, NAME, VERSION);
/** Of the package as NuGet has it: a project that only downloads has no lock file. */
const SHA512 = 'kBnX0iG9wd/PWdCTwFfUvm6Jemn+5L7sY7b7HQi5k+LLwdFmrbw4y5RTLFxewCFMdBqUThiOILMa7sgzklPEAQ==';

/** Why there is no compiler here; the message is a sentence for the user. */
export class NoCompilerError extends Error {
  override readonly name = 'NoCompilerError';
}

export interface Finished {
  readonly code: number | null;
  readonly output: string;
}

/** Restores the compiler once; answers with how to run it. It needs no network after that. */
export function bicepCompiler(): (args: readonly string[]) => Finished {
  const program = join(PACKAGE, 'tools', 'bicep');
  if (!existsSync(program)) restore();
  const found = readFileSync(join(PACKAGE, `${NAME}.${VERSION}.nupkg.sha512`), 'utf8');
  if (found !== SHA512) throw new Error(`the Bicep compiler in ${PACKAGE} is not the one that is wanted`);
  return (args) => run(program, args);
}

function restore(): void {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new NoCompilerError('The Bicep compiler is restored on Linux x64 only.');
  }
  const { code, output } = run('dotnet', [
    'restore',
    PROJECT,
    '--packages',
    PACKAGES,
    '--artifacts-path',
    join(PACKAGES, 'artifacts'),
  ]);
  if (code === null)
    throw new NoCompilerError('There is no .NET SDK here (`dotnet`) to restore the Bicep compiler.');
  if (code !== 0) throw new Error(`the Bicep compiler cannot be restored:\n${output}`);
}

function run(program: string, args: readonly string[]): Finished {
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    env: {
      ...process.env,
      DOTNET_CLI_TELEMETRY_OPTOUT: '1',
      DOTNET_NOLOGO: '1',
      // Where the system has no ICU.
      DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1',
    },
  });
  return { code: status, output: `${stdout ?? ''}${stderr ?? ''}` };
}
