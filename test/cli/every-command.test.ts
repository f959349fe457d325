import { describe, expect, it } from 'vitest';
import { NIGHT } from './every-command.ts';
import { runAgainst } from './run.ts';

/** Every command and family that the program has, by its own word. */
async function commands(): Promise<readonly string[]> {
  const { out } = await runAgainst({}, ['completion', 'bash']);
  const [, named = ''] = /^ +('start'\|.*)\) path=/m.exec(out) ?? [];
  return named.split('|').map((name) => name.replaceAll("'", ''));
}

describe('every command', () => {
  it('is run in test/cli/every-command.long.ts', async () => {
    const all = await commands();
    const leaves = all.filter((name) => !all.some((other) => other.startsWith(`${name} `)));
    expect(leaves.length).toBeGreaterThan(45);
    const run = [...NIGHT, 'completion'].filter((step) => typeof step === 'string').map((line) => `${line} `);
    const missing = leaves.filter((name) => !run.some((line) => line.startsWith(`${name} `)));
    expect(missing).toEqual([]);
  });

  it.each(['bash', 'zsh', 'fish'])('completes in %s as it always did', async (shell) => {
    const { out } = await runAgainst({}, ['completion', shell]);
    await expect(out).toMatchFileSnapshot(`screens/completion-${shell}.txt`);
  });

  // Feature [For a bad night] Help in groups at the width of the terminal (CLI)
  //   shown by: every command > has help that fits 80 columns
  it.each([80, 120])('has help that fits %i columns', async (columns) => {
    const terminal = { columns, rows: 30, colour: false };
    const pages: string[] = [];
    for (const name of ['', ...(await commands())]) {
      const words = name.split(' ').filter((word) => word !== '');
      const { code, out, err } = await runAgainst({}, [...words, '--help'], { terminal });
      expect({ code, err }, name).toEqual({ code: 0, err: '' });
      const lines = out.split('\n').filter((line) => !line.startsWith('  $ '));
      for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(columns);
      pages.push(`$ vmss-rollout ${[...words, '--help'].join(' ')}\n${out}`);
    }
    await expect(pages.join('\n')).toMatchFileSnapshot(`screens/help-${columns}.txt`);
  });
});
