import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runAgainst } from '../cli/run.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const VALUES: Readonly<Record<string, string>> = {
  $ID: '20261120-100000-0000a001',
  $SCALE_SET: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/web',
};

/** The commands in the code blocks of a page, as a shell would split them. */
function commandsIn(page: string): readonly string[] {
  const blocks = readFileSync(join(ROOT, page), 'utf8').matchAll(/^```\w*\n([^]*?)^```/gm);
  return [...blocks].flatMap(([, block = '']) =>
    block.split('\n').filter((line) => /^(npx )?vmss-rollout /.test(line)),
  );
}

function wordsOf(command: string): readonly string[] {
  const words = command.match(/"[^"]*"|\S+/g) ?? [];
  const plain = words.map((word) => word.replaceAll('"', '')).map((word) => VALUES[word] ?? word);
  return plain.slice(plain.indexOf('vmss-rollout') + 1);
}

it.for(['README.md', 'docs/RUNBOOK.md'])('%s has commands that the command line takes', async (page) => {
  const commands = commandsIn(page);
  expect(commands.length).toBeGreaterThan(1);
  for (const command of commands) {
    // Nothing is scripted, so each request is answered 404; only a command line that is wrong ends with 2.
    const { code, err } = await runAgainst({}, wordsOf(command));
    expect(code, `${command}\n${err}`).toBe(command.endsWith('--help') ? 0 : 3);
  }
});
