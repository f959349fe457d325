import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { npmRun } from './support/npm.ts';
import { CAN_SEE_PROCESSES, newMark } from './support/processes.ts';

/** The contract says 5; the rest is for a machine that is busy with other tests. */
const LONGEST_END_MILLISECONDS = 5000 + 3000;
const LOCAL = join(import.meta.dirname, '..', '..', '.local');

it.for([
  ['--instances', '0'],
  ['--instances', 'many'],
  ['--seed', '-1'],
  ['--colour', 'red'],
])('%s %s is told and ends with 2', async (args) => {
  const { code, output } = await npmRun('demo', args, newMark()).ended;
  expect(code).toBe(2);
  expect(output).toContain(`${args[0]}`);
  expect(output).toContain('error: ');
});

it('ends at once when it is interrupted, and leaves nothing', async () => {
  const mark = newMark();
  const before = demoFolders();
  await using demo = npmRun('demo', ['--instances', '2'], mark);
  const during = await Promise.race([demo.ended, folderBeside(before)]);
  expect(during).toMatch(/^demo-/);
  await delay(6000);
  const { code, milliseconds } = await demo.end('SIGINT');
  expect(code).toBe(130);
  expect(milliseconds).toBeLessThan(LONGEST_END_MILLISECONDS);
  expect(demoFolders()).not.toContain(during);
  if (CAN_SEE_PROCESSES) expect(mark.living()).toEqual([]);
  else console.log(`whether a process is left cannot be seen on ${process.platform}`);
});

function demoFolders(): readonly string[] {
  const names = existsSync(LOCAL) ? readdirSync(LOCAL) : [];
  return names.filter((name) => name.startsWith('demo-'));
}

async function folderBeside(before: readonly string[]): Promise<string> {
  for (;;) {
    const found = demoFolders().find((name) => !before.includes(name));
    if (found !== undefined) return found;
    await delay(100);
  }
}
