import { describe, expect, it } from 'vitest';
import { SCALE_SET } from './rollouts.ts';
import { runAgainst } from './run.ts';
import { problem } from './scripted-app.ts';

const PLAN = ['plan', '--scale-set', SCALE_SET];

describe('what is wrong with a command line', () => {
  it.each([
    [['list', '--phase', 'Waiting']],
    [['list', '--phase', 'wating']],
    [['list', '--phase', 'x']],
    [['list', '--top', 'many']],
    [['lits']],
    [['dance']],
    [[...PLAN, '--image-verison', '1']],
    [[...PLAN, '--bogus']],
    [[...PLAN, '--image-version']],
    [['list', '--ulr', 'http://x']],
    [['approve']],
    [['approve', '7f3c', '2']],
    [[...PLAN, '--rollback-of', '7f3c', '--vm-size', 'Standard_D4s_v5']],
    [[...PLAN, '--image-id', 'x', '--image-version', '1']],
    [['skip', '7f3c', '--batch', '1', '--instance', '3']],
    [['skip', '7f3c']],
    [['quarantine', '7f3c']],
    [['doctor', '--take-over', 'x', '--restore', 'y']],
    [['doctor', '--reason', 'x']],
    [['status', '7f3c', '--events', '--instances']],
    [['policy', '--reason', 'x']],
    [['start']],
    [['retry', '7f3c', '--instance', '3,,4']],
    [['start', 'web', '--image-version', 'latest']],
    [['list', '--top', '0']],
    [['plan', '7f3c', '--image-version', 'latest']],
    [['plan', '7f3c', '--accept-irreversible']],
    [[...PLAN, '--time-zone', 'Europe/Berlin']],
    [[...PLAN, '--closed-on', '2026-12-24']],
    [[...PLAN, '--window', '0 22 * * 6']],
    [[...PLAN, '--queue', '--on-busy', 'refuse']],
    [[...PLAN, '--spec', '/nowhere.json']],
    [[...PLAN, '--attach-disk', '3=/x@1,caching']],
    [['scale-sets', 'delete', 'web', '--yes']],
    [['scale-sets', 'power-off', '/web']],
    [['policy', '--set', '/']],
  ])('is said once, in words for people: %j', async (argv) => {
    const { code, out, err, requests } = await runAgainst({}, argv);
    expect({ code, out, requests }).toEqual({ code: 2, out: '', requests: [] });
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).toMatchSnapshot();
  });

  it('is a query that is none', async () => {
    const { code, err } = await runAgainst({}, [...PLAN, '--query', '[']);
    expect({ code, requests: err.split('\n').length }).toEqual({ code: 3, requests: 2 });
  });
});

describe('errors under -o json', () => {
  it.each([['-o', 'json'], ['-ojson'], ['--output=json'], ['--output', 'json']])(
    'are problems: %s %s',
    async (...flags) => {
      const reply = problem(422, 'imageNotFound', 'there is no such image', { remedy: 'name another' });
      const { code, out, err } = await runAgainst({ 'POST /api/plans': [reply] }, [...PLAN, ...flags]);
      expect({ code, out }).toEqual({ code: 6, out: '' });
      expect(JSON.parse(err)).toMatchObject({ code: 'imageNotFound', status: 422, remedy: 'name another' });
    },
  );

  it('of the command line itself have the same form', async () => {
    const { code, err } = await runAgainst({}, ['list', '--phase', 'Waiting', '-o', 'json']);
    expect({ code, problem: JSON.parse(err) }).toEqual({
      code: 2,
      problem: {
        type: 'about:blank',
        title: 'wrongUsage',
        detail: '--phase "Waiting" is unknown; did you mean waiting?',
        code: 'wrongUsage',
      },
    });
  });
});

describe('a problem of the app', () => {
  it('is told once: one wrong field in a line, several below each other, the holder by its id', async () => {
    const told = async (status: number, code: string, detail: string, more: object) =>
      (
        await runAgainst(
          { 'POST /api/plans': [problem(status, code, detail, { title: 'Bad request', ...more })] },
          PLAN,
        )
      ).err;
    const one = [{ path: 'targets.percent', message: 'must be at most 100' }];
    const two = [...one, { path: '', message: 'unknown field: x' }];
    expect(await told(400, 'invalidSpec', 'targets.percent: must be at most 100', { errors: one })).toBe(
      'error: targets.percent: must be at most 100 (invalidSpec)\n',
    );
    const joined = 'targets.percent: must be at most 100; : unknown field: x';
    expect(await told(400, 'invalidSpec', joined, { errors: two })).toBe(
      'error: 2 fields are wrong (invalidSpec)\n  targets.percent: must be at most 100\n  (spec): unknown field: x\n',
    );
    const held = { rolloutId: 'r1' };
    expect(await told(409, 'scaleSetBusy', 'rollout r1 holds this scale set', held)).toBe(
      'error: rollout r1 holds this scale set (scaleSetBusy)\n',
    );
  });
});
