import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface Spawned {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a program to its end; `onStart` gets it while it runs. */
export async function spawnedBy(
  program: string,
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  onStart: (child: ChildProcess) => void = () => undefined,
): Promise<Spawned> {
  const child = spawn(program, argv, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const written = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (written.out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (written.err += chunk));
  onStart(child);
  const [code] = await once(child, 'close');
  return { code: code as number | null, ...written };
}
