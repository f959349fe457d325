import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ended, upgrading } from './rollouts.ts';
import { runAgainst } from './run.ts';
import { ok, type Script } from './scripted-app.ts';

const EVENT = { sequence: 1, time: '2026-11-20T10:00:01Z', kind: 'planned', message: '2 | batches\n<b>' };
const FAILED = {
  instanceId: '3',
  batch: 1,
  phase: 'failed',
  image: { before: '1.0.1', now: '1.0.2' },
  health: 'unhealthy',
  power: 'running',
  provisioningState: 'Succeeded',
  attempts: 1,
  failure: { code: 'unhealthyAfterUpgrade', message: 'health unhealthy' },
  updatedAt: '2026-11-20T10:02:00Z',
};
const FAILURE = {
  code: 'unhealthyAfterUpgrade',
  message: 'instance 3 is ill',
  remedy: 'look at it',
  instances: ['3'],
};

function script(rollout: unknown): Script {
  return {
    'GET /api/rollouts/20261120-100000-0000a001': [ok(rollout)],
    'GET /api/rollouts/20261120-100000-0000a001/instances': [ok({ value: [FAILED] })],
    'GET /api/rollouts/20261120-100000-0000a001/events': [ok({ value: [EVENT] })],
  };
}

const folder = () => mkdtemp(join(tmpdir(), 'report-'));

describe('status --report', () => {
  // Feature [For a bad night] `status --report` writes Markdown and JSON (For a bad night)
  it('writes Markdown, and JSON beside it', async () => {
    const at = await folder();
    const file = join(at, 'out.md');
    await writeFile(file, 'an earlier report');
    const run = await runAgainst(script(ended('rolledBack', { failure: FAILURE })), [
      'status',
      '20261120-100000-0000a001',
      '--report',
      file,
    ]);
    expect({ code: run.code, err: run.err }).toEqual({
      code: 0,
      err: `report written to ${file} and ${join(at, 'out.json')}\n`,
    });
    expect((await readdir(at)).sort()).toEqual(['out.json', 'out.md']);
    const lines = (await readFile(file, 'utf8')).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        '# Rollout 20261120-100000-0000a001 of web: rolledBack',
        '- **Took**: 2:04',
        '| 0 | update domain 0 | succeeded | 0, 2 | 2026-11-20T10:00:05Z | 2026-11-20T10:01:05Z | 60 |',
        '### unhealthyAfterUpgrade',
        '- **What to do**: look at it',
        '| 3 | health unhealthy | Succeeded | running | unhealthy | 1.0.2 | 1 | 2026-11-20T10:02:00Z |',
        '| 3 | 1 | failed | 1.0.1 | 1.0.2 | unhealthy | 1 |',
        String.raw`| 2026-11-20T10:00:01Z | planned |  | 2 \| batches &lt;b> |`,
      ]),
    );
    expect(JSON.parse(await readFile(join(at, 'out.json'), 'utf8'))).toMatchObject({
      id: '20261120-100000-0000a001',
      phase: 'rolledBack',
      isFinal: true,
      seconds: 124,
      failures: [{ code: 'unhealthyAfterUpgrade', remedy: 'look at it', evidence: [{ instanceId: '3' }] }],
      events: [EVENT],
    });
  });

  // Feature [For a bad night] `status --report` of a rollout that runs (For a bad night)
  it('writes JSON alone for a .json file, and says of a running rollout that it goes on', async () => {
    const at = await folder();
    const file = join(at, 'out.json');
    expect(
      (await runAgainst(script(upgrading()), ['status', '20261120-100000-0000a001', '--report', file])).code,
    ).toBe(0);
    expect(await readdir(at)).toEqual(['out.json']);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ isFinal: false, phase: 'upgrading' });
    await runAgainst(script(upgrading()), [
      'status',
      '20261120-100000-0000a001',
      '--report',
      join(at, 'now.md'),
    ]);
    expect(await readFile(join(at, 'now.md'), 'utf8')).toContain('**The rollout goes on.**');
  });

  it('with --wait writes how it ended, and keeps the exit code', async () => {
    const file = join(await folder(), 'end');
    const both = {
      ...script(null),
      'GET /api/rollouts/20261120-100000-0000a001': [ok(upgrading()), ok(ended('failed'))],
    };
    expect(
      (await runAgainst(both, ['status', '20261120-100000-0000a001', '--wait', '--report', file])).code,
    ).toBe(1);
    expect(await readFile(file, 'utf8')).toContain('# Rollout 20261120-100000-0000a001 of web: failed');
  });

  it.each([
    ['a directory', (at: string) => at, 'is a directory'],
    ['a folder that is not there', (at: string) => join(at, 'no', 'x.md'), 'there is no folder'],
  ])('exits 2 for %s before it asks for anything', async (_, name, words) => {
    const file = name(await folder());
    const { code, err, requests } = await runAgainst(script(ended('succeeded')), [
      'status',
      '20261120-100000-0000a001',
      '--report',
      file,
    ]);
    expect({ code, requests }).toEqual({ code: 2, requests: [] });
    expect(err).toContain(words);
  });
});
