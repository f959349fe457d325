import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NEW, startLab, WEB, type Lab } from '../lab/lab.ts';
import { runAgainst } from '../cli/run.ts';
import { put } from '../lab/schedules.ts';
import { typedIn } from './transcript.ts';

const PAGE = readFileSync(new URL('../../docs/CLI.md', import.meta.url), 'utf8');

/** Rows of the table of commands: an example, and the codes besides 0, 1, 2 and 130 that it may end with. */
const ROWS = [...PAGE.matchAll(/^\| `[a-z-]+`[^|]*\|[^|]*(?:\|\|[^|]*)*\| `([^`]+)` +\|([^|]*)\|$/gm)]
  .map(([, example = '', codes = '']) => ({
    example,
    codes: codes
      .split(',')
      .filter((code) => code.trim() !== '')
      .map(Number),
  }))
  .filter(({ example }) => !example.startsWith('VMSS_') && !example.startsWith('--'));

/** A rollout that each example finds, by its id. */
type Scene = (lab: Lab) => Promise<string>;

const running: Scene = (lab) => lab.start({ change: { force: 'restart' }, targets: { instances: ['3'] } });

const waitingBefore =
  (batch: number): Scene =>
  async (lab) => {
    const id = await lab.start({ change: { force: 'restart' }, approvals: { before: [batch] } });
    await lab.until(id, 'waiting');
    return id;
  };

const pausedByHand: Scene = async (lab) => {
  const id = await running(lab);
  await lab.send(id, 'pause');
  return id;
};

/** Instance 3 does not become healthy. */
const pausedByFailure: Scene = async (lab) => {
  lab.sim.inject({ kind: 'badImage', version: NEW, updateDomains: [3] });
  const id = await lab.start({ targets: { instances: ['3'] }, onFailure: 'pause' });
  await lab.until(id, 'paused');
  return id;
};

const stuck: Scene = async (lab) => {
  const id = await waitingBefore(0)(lab);
  lab.host.client.terminate(id, 'by accident');
  await lab.host.advance(600_000);
  return id;
};

const scheduled: Scene = async (lab) => {
  await put(lab, { scaleSets: [WEB] }, 0, 'web-monthly');
  return '';
};

const named: Scene = async (lab) => {
  const strategy = { health: { stableSeconds: 60 } };
  await lab.call('PUT', '/strategies/careful', { strategy }, { 'if-match': '"strategy-0"' });
  return '';
};

/** What has to be so that the example does what the page says of the command. */
const SCENES: Readonly<Record<string, Scene>> = {
  strategies: named,
  wait: waitingBefore(0),
  approve: waitingBefore(2),
  reject: waitingBefore(0),
  resume: pausedByHand,
  retry: pausedByFailure,
  skip: waitingBefore(1),
  quarantine: pausedByFailure,
  doctor: stuck,
  schedules: scheduled,
};

/** A rollback ends rolled back; all else does what was asked. */
const ENDS: Readonly<Record<string, number>> = { rollback: 4 };

describe('every command of docs/CLI.md', () => {
  it('is found', async () => {
    expect(ROWS.length).toBeGreaterThan(25);
    const { out } = await runAgainst({}, ['--help']);
    const commands = [...out.matchAll(/^ {2}([a-z][a-z-]+)/gm)].map(([, name]) => name);
    const rows = [...PAGE.matchAll(/^\| ((?:`[a-z-]+`(?:, )?)+) +\|/gm)].flatMap(([, names = '']) =>
      names.split(', ').map((name) => name.replaceAll('`', '')),
    );
    expect(commands.filter((name) => name !== 'help' && !rows.includes(name ?? ''))).toEqual([]);
  });

  it.each(ROWS)('does what it says, and ends so: $example', async ({ example, codes }) => {
    const folder = mkdtempSync(join(tmpdir(), 'cli-page-'));
    writeFileSync(join(folder, 'policy.json'), '{"rules":[]}');
    await using lab = await startLab({ count: example.includes('3,7') ? 8 : 4 });
    const [verb = ''] = example.split(' ');
    const scene = SCENES[verb] ?? (example.includes('7f3c') ? running : undefined);
    const id = (await scene?.(lab)) ?? '7f3c';
    const words = (example.match(/"[^"]*"|\S+/g) ?? [])
      .map((word) => word.replaceAll('"', '').replace('$SCALE_SET', WEB).replace('7f3c', id))
      .map((word) => (/^(?:policy\.json|rollout\.md)$/.test(word) ? join(folder, word) : word));
    const { code, err } = await typedIn(lab, words);
    expect(code, err).toBe(ENDS[verb] ?? 0);
    expect([0, 1, 2, 130, ...codes]).toContain(code);
  });
});
