import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = join(import.meta.dirname, 'host');
const BUILDS = join(import.meta.dirname, '..', '..', '.local', 'real-host');
const PROJECT = 'real-host';

/** The version of the .NET SDK that is on the path; undefined where there is none. */
export async function dotnetVersion(): Promise<string | undefined> {
  const { code, output } = await dotnet(['--version']).catch(() => ({ code: 1, output: '' }));
  return code === 0 ? output.trim() : undefined;
}

/**
 * Restores and builds the host of the real extension, once for each state of its sources and SDK; answers with the
 * program to give to `dotnet`. All that it writes is below `.local`.
 */
export async function buildRealHost(sdk: string): Promise<string> {
  const built = join(BUILDS, fingerprint(sdk));
  const program = join(built, `${PROJECT}.dll`);
  if (existsSync(program)) return program;
  // Put in place whole, so that a build that was cut off, or runs beside this one, is never taken for one.
  const unfinished = `${built}.${process.pid}`;
  mkdirSync(BUILDS, { recursive: true });
  const { code, output } = await dotnet([
    'build',
    join(SOURCES, `${PROJECT}.csproj`),
    '--configuration',
    'Release',
    '--output',
    unfinished,
    '--artifacts-path',
    `${unfinished}.artifacts`,
    // The packages are those of packages.lock.json, to the letter.
    '-p:RestoreLockedMode=true',
    // Its servers would outlive this process.
    '--disable-build-servers',
    '-p:UseSharedCompilation=false',
  ]);
  rmSync(`${unfinished}.artifacts`, { recursive: true, force: true });
  if (code !== 0) throw new Error(`the host of the real extension cannot be built:\n${output}`);
  rmSync(built, { recursive: true, force: true });
  renameSync(unfinished, built);
  return program;
}

function fingerprint(sdk: string): string {
  const hash = createHash('sha256').update(sdk);
  for (const file of readdirSync(SOURCES).sort()) hash.update(file).update(readFileSync(join(SOURCES, file)));
  return hash.digest('hex').slice(0, 16);
}

async function dotnet(
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn('dotnet', args, {
    env: {
      ...process.env,
      MSBUILDDISABLENODEREUSE: '1',
      DOTNET_CLI_TELEMETRY_OPTOUT: '1',
      DOTNET_NOLOGO: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}
