import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { runAgainst } from './run.ts';

const HAS_BASH = spawnSync('bash', ['--version']).status === 0;

/** What bash offers after these words, the last of which is being typed. */
async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const { out } = await runAgainst({}, ['completion', 'bash']);
  const line = ['vmss-rollout', ...words].map((word) => `'${word}'`).join(' ');
  const script = `${out}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length}; _vmss_rollout; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((word) => word !== '');
}

describe('completion', () => {
  // Feature [For a bad night] Completion of commands, flags and values for bash, zsh and fish (CLI)
  //   shown by: completion > of ["ap"] in bash offers ["approve"]
  it.skipIf(!HAS_BASH).each([
    [['ap'], ['approve']],
    [
      ['scale-sets', 'inst'],
      ['instances', 'instance', 'instance-view'],
    ],
    [['list', '--ph'], ['--phase']],
    [
      ['list', '--phase', 'roll'],
      ['rollingBack', 'rolledBack'],
    ],
    [['start', '--on-f'], ['--on-failure']],
    [
      ['start', '--scale-set', 'web', '--pacing', ''],
      ['barrier', 'sliding'],
    ],
    [['completion', '--he'], ['--help']],
  ])('of %j in bash offers %j', async (words, names) => {
    expect(await offered(...words)).toEqual(names);
  });

  // Neither of these shells is on every machine: what is said to them is held as it stands.
  it.each(['zsh', 'fish'])('for %s names every command', async (shell) => {
    const { code, out } = await runAgainst({}, ['completion', shell]);
    expect(code).toBe(0);
    for (const name of ['start', 'scale-sets', 'instance-view', 'on-failure', 'rollingBack'])
      expect(out).toContain(name);
    if (shell === 'fish')
      expect(out.split('\n').every((line) => line === '' || line.startsWith('complete -c '))).toBe(true);
  });

  it('for a shell that is not known is refused', async () => {
    const { code, err } = await runAgainst({}, ['completion', 'bsh']);
    expect({ code, err }).toEqual({ code: 2, err: 'error: shell "bsh" is unknown; did you mean bash?\n' });
  });
});
