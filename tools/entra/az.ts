import { spawnSync } from 'node:child_process';

/** Runs the Azure CLI, or azd, and answers with what it prints; what it complains of is an error. */
function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error !== undefined) throw new Error(`${program} cannot be run: ${error.message}`, { cause: error });
  if (status !== 0) throw new Error(`${program} ${args.slice(0, 3).join(' ')}: ${stderr.trim()}`);
  return stdout;
}

/** `az`, with its answer read; `undefined` where it prints nothing. */
export function az(...args: readonly string[]): unknown {
  const text = run('az', [...args, '--only-show-errors', '--output', 'json']);
  return text.trim() === '' ? undefined : JSON.parse(text);
}

/** Keeps a value in azd's environment, where the parameters and the next hook find it. */
export function keep(name: string, value: string): void {
  run('azd', ['env', 'set', name, value]);
}
