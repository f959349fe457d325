import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../local/simulator/simulator.ts';
import { JournalError, openJournal } from '../../local/simulator/state/journal.ts';
import { imagePatch, NEW, SET, START } from './lab.ts';
import { tied } from '../e2e/support/tied.ts';

const folder = mkdtempSync(join(tmpdir(), 'simulator-state-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Life {
  readonly sim: Simulator;
  pass(seconds: number): void;
  send(method: string, path: string, body?: object): Promise<number>;
}

/** A simulator that goes on from a file, at a time of its own. */
function live(file: string, at: number): Life {
  let time = at;
  const sim = createSimulator({
    clock: { now: () => time },
    started: START,
    seed: 3,
    scaleSets: [{ name: 'web', count: 6 }],
    journal: openJournal(file),
  });
  return {
    sim,
    pass(seconds) {
      time += seconds * 1000;
    },
    async send(method, path, body) {
      const url = `https://management.azure.com${SET}${path}?api-version=2026-04-01`;
      const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
      return (await sim.fetch(new Request(url, init))).status;
    },
  };
}

describe('state that is kept in a file', () => {
  it('is lived through again: the same log to the letter, and everything under way goes on', async () => {
    const file = join(folder, 'one.jsonl');
    const first = live(file, START);
    first.sim.inject({ kind: 'sickInstance', instances: ['4'], fromSeconds: 30 });
    first.sim.inject({ kind: 'lostAnswer', operation: 'reimage' });
    await first.send('PATCH', '', imagePatch({ version: NEW }));
    first.pass(60);
    expect(await first.send('POST', '/manualupgrade', { instanceIds: ['0', '1'] })).toBe(202);
    first.pass(5);
    expect(await first.send('GET', '/virtualMachines')).toBe(200);
    await expect(first.send('POST', '/reimage', { instanceIds: ['5'] })).rejects.toThrow(TypeError);
    first.pass(20);
    first.sim.publishImage({ version: '22.04.202612090' });

    const again = live(file, START + 85_000);
    expect(again.sim.log).toEqual(first.sim.log);
    expect(again.sim.scaleSets).toEqual(first.sim.scaleSets);
    for (const life of [first, again]) life.pass(900);
    expect(again.sim.log).toEqual(first.sim.log);
    expect(
      again.sim
        .scaleSet('web')
        ?.instances.map(({ image }) => image === NEW)
        .slice(0, 3),
    ).toEqual([true, true, false]);
    expect(await again.send('PATCH', '', imagePatch({ version: '22.04.202612090' }))).toBe(200);
  });

  it('drops a last line that was cut off, and refuses a file of something else', () => {
    const file = join(folder, 'two.jsonl');
    live(file, START).sim.inject({ kind: 'sickInstance', instances: ['1'] });
    appendFileSync(file, '{"kind":"requ');
    const journal = openJournal(file);
    expect(journal.past.map(({ kind }) => kind)).toEqual(['fault']);
    expect(readFileSync(file, 'utf8').endsWith('\n')).toBe(true);
    appendFileSync(file, 'hello\n');
    expect(() => openJournal(file)).toThrow(JournalError);
  });
});

async function startProcess(file: string): Promise<{ child: ChildProcess; url: string }> {
  const options = ['--port', '0', '--time-scale', '600', '--scale-set', 'web:3', '--state', file];
  const child = tied(
    spawn(process.execPath, ['local/simulator/main.ts', ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  if (child.stdout === null) throw new Error('no output');
  const [line] = await once(createInterface(child.stdout), 'line');
  return { child, url: String(line).slice('ready '.length) };
}

describe('the simulator as a process with --state', () => {
  it('goes on after SIGKILL; the service went on meanwhile', async () => {
    const file = join(folder, 'three.jsonl');
    const first = await startProcess(file);
    const put = await fetch(`${first.url}${SET}?api-version=2026-04-01`, {
      method: 'PATCH',
      body: JSON.stringify(imagePatch({ version: NEW })),
    });
    expect(put.status).toBe(200);
    const upgrade = await fetch(`${first.url}${SET}/manualupgrade?api-version=2026-04-01`, {
      method: 'POST',
      body: JSON.stringify({ instanceIds: ['*'] }),
    });
    expect(upgrade.status).toBe(202);
    const poll = String(upgrade.headers.get('azure-asyncoperation'));
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');

    const second = await startProcess(file);
    const url = new URL(poll);
    const answer = await fetch(`${second.url}${url.pathname}${url.search}`);
    expect(answer.status).toBe(200);
    const state: ReturnType<typeof JSON.parse> = await (await fetch(`${second.url}/_state`)).json();
    expect(
      state.scaleSets[0].model.properties.virtualMachineProfile.storageProfile.imageReference.version,
    ).toBe(NEW);
    second.child.kill('SIGTERM');
    await once(second.child, 'exit');
  });
});
