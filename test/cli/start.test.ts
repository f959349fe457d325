import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aRollout, ended, SCALE_SET } from './rollouts.ts';
import { runAgainst, seenOf } from './run.ts';
import { accepted, ok, problem } from './scripted-app.ts';

const START = ['start', '--scale-set', SCALE_SET];

async function bodyOf(argv: readonly string[], stdin = ''): Promise<unknown> {
  const { requests } = await runAgainst({ 'POST /api/rollouts': [accepted(aRollout())] }, argv, { stdin });
  return requests[0]?.body;
}

describe('what start sends', () => {
  it('sends only what was asked for', async () => {
    expect(await bodyOf(START)).toEqual({ scaleSet: SCALE_SET });
  });

  it('puts every flag where the contract has it', async () => {
    const flags =
      '--image-version 22.04.202611010 --max-unavailable 20% --approve-before 0,2 --soak-seconds 30 --stable-seconds 10 ' +
      '--health-timeout-seconds 600 --on-failure pause --label pipeline=1234 --label a=b=c --plan-hash abc';
    expect(await bodyOf([...START, ...flags.split(' '), '--reason', 'October image'])).toEqual({
      scaleSet: SCALE_SET,
      change: { image: { version: '22.04.202611010' } },
      strategy: { maxUnavailable: '20%' },
      approvals: { before: [0, 2] },
      soakSeconds: 30,
      health: { stableSeconds: 10, timeoutSeconds: 600 },
      onFailure: 'pause',
      reason: 'October image',
      labels: { pipeline: '1234', a: 'b=c' },
      planHash: 'abc',
    });
  });

  // Feature [Command line] The queue by flags (CLI, issue 17)
  //   shown by: what start sends > says what to do on a set that is held: --queue
  it.each([
    ['--queue', 'queue'],
    ['--on-busy=replace', 'replace'],
  ])('says what to do on a set that is held: %s', async (flag, onBusy) => {
    expect(await bodyOf([...START, flag])).toEqual({ scaleSet: SCALE_SET, onBusy });
  });

  it('puts disks of single instances where the contract has them', async () => {
    const diskId = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d1';
    const flags = [`--attach-disk 3=${diskId}@2`, `--attach-disk 4=${diskId}x`, '--detach-disk 5@0'];
    expect(await bodyOf([...START, ...flags.join(' ').split(' ')])).toEqual({
      scaleSet: SCALE_SET,
      change: {
        dataDisks: {
          attach: [
            { instance: '3', diskId, lun: 2 },
            { instance: '4', diskId: `${diskId}x` },
          ],
          detach: [{ instance: '5', lun: 0 }],
        },
      },
    });
  });

  it('puts every flag of selection and pacing where the contract has it', async () => {
    const flags =
      '--update-domain 0,2 --fault-domain 1 --zone 1,3 --instance 0,3 --percent 20% --exclude 7 ' +
      '--deallocated startFirst ' +
      '--batch-by steps --steps 1,10%,100% --canary 1 --order unhealthyFirst --pacing sliding';
    expect(await bodyOf([...START, ...flags.split(' ')])).toEqual({
      scaleSet: SCALE_SET,
      targets: {
        updateDomains: [0, 2],
        faultDomains: [1],
        zones: ['1', '3'],
        instances: ['0', '3'],
        percent: 20,
        exclude: ['7'],
        deallocated: 'startFirst',
      },
      strategy: {
        batchBy: 'steps',
        steps: [1, '10%', '100%'],
        canary: 1,
        order: 'unhealthyFirst',
        pacing: 'sliding',
      },
    });
  });

  it.each([
    ['--update-domain', 'a'],
    ['--percent', '1000'],
    ['--steps', '1,x'],
    ['--batch-by', 'rack'],
    ['--pacing', 'fast'],
    ['--instance', '0,,3'],
    ['--attach-disk', 'd1'],
    ['--attach-disk', '3=d1'],
    ['--detach-disk', '3'],
  ])('does not understand %s %s', async (flag, value) => {
    const { code, requests } = await runAgainst({}, [...START, flag, value]);
    expect({ code, requests }).toEqual({ code: 2, requests: [] });
  });

  it('reads --set as az does: JSON if it can be, divided at the first = outside brackets', async () => {
    const sets = ['a.b=true', 'c=text', 'list[name=x].size=4', 'd={"e":[1]}', 'f=', 'g=1=2'];
    expect(await bodyOf([...START, ...sets.flatMap((set) => ['--set', set])])).toMatchObject({
      change: { set: { 'a.b': true, c: 'text', 'list[name=x].size': 4, d: { e: [1] }, f: '', g: '1=2' } },
    });
  });

  // Feature [Change] `--set`, `--add`, `--remove` with several values (Change)
  it('reads --set, --add and --remove with several values, as az does', async () => {
    const words =
      '--set a=1 b.c=x --add list k=1 k2=v=2 {"l":3} k=4 7 text --remove gone --remove other -1 ' +
      '--add second [1] --remove third 0';
    expect(await bodyOf([...START, ...words.split(' ')])).toEqual({
      scaleSet: SCALE_SET,
      change: {
        set: { a: 1, 'b.c': 'x' },
        add: [
          { path: 'list', value: { k: '1', k2: 'v=2' } },
          { path: 'list', value: { l: 3 } },
          { path: 'list', value: { k: '4' } },
          { path: 'list', value: 7 },
          { path: 'list', value: 'text' },
          { path: 'second', value: [1] },
        ],
        remove: ['gone', 'other[-1]', 'third[0]'],
      },
    });
  });

  // Feature [Change] `--force-string` (Change)
  it('takes values as text with --force-string', async () => {
    const words = ['--force-string', '--set', 'a=1', 'b=true', '--add', 'list', '7', '{"l":3}'];
    expect(await bodyOf([...START, ...words])).toMatchObject({
      change: {
        set: { a: '1', b: 'true' },
        add: [
          { path: 'list', value: '7' },
          { path: 'list', value: '{"l":3}' },
        ],
      },
    });
  });

  it.each([['--add', 'list'], ['--remove', 'list', 'first'], ['--remove', 'list', '0', '1'], ['--add']])(
    'does not understand %s %s %s',
    async (...words) => {
      const { code, requests } = await runAgainst({}, [...START, ...words]);
      expect({ code, requests }).toEqual({ code: 2, requests: [] });
    },
  );

  it('lays flags over a spec file', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'spec-')), 'rollout.json');
    await writeFile(
      file,
      JSON.stringify({ scaleSet: 'x', strategy: { canary: 1, maxUnavailable: 1 }, reason: 'file' }),
    );
    expect(await bodyOf([...START, '--spec', file, '--max-unavailable', '2'])).toEqual({
      scaleSet: SCALE_SET,
      strategy: { canary: 1, maxUnavailable: 2 },
      reason: 'file',
    });
  });

  it('reads a spec from standard input', async () => {
    expect(await bodyOf(['start', '--spec', '-'], '{"scaleSet":"x","onFailure":"halt"}')).toEqual({
      scaleSet: 'x',
      onFailure: 'halt',
    });
  });

  it('takes the scale set of the rollout that it undoes', async () => {
    const { requests } = await runAgainst(
      {
        'GET /api/rollouts/20261120-100000-0000a000': [ok(ended('succeeded'))],
        'POST /api/rollouts': [accepted(aRollout())],
      },
      ['start', '--rollback-of', '20261120-100000-0000a000'],
    );
    expect(requests[1]?.body).toEqual({ scaleSet: SCALE_SET, rollbackOf: '20261120-100000-0000a000' });
  });

  it('repeats a dropped POST under the same key, so that nothing starts twice', async () => {
    const { code, requests, slept } = await runAgainst(
      { 'POST /api/rollouts': ['drop', { status: 503 }, accepted(aRollout())] },
      START,
    );
    expect({ code, slept, keys: requests.map(({ idempotencyKey }) => idempotencyKey) }).toEqual({
      code: 0,
      slept: [1, 2],
      keys: ['random-key', 'random-key', 'random-key'],
    });
  });

  it('uses the key it is given', async () => {
    const { requests } = await runAgainst({ 'POST /api/rollouts': [accepted(aRollout())] }, [
      ...START,
      '--idempotency-key',
      'build-7',
    ]);
    expect(requests[0]?.idempotencyKey).toBe('build-7');
  });
});

describe('what start says', () => {
  it('prints the accepted rollout', async () => {
    expect(await seenOf({ 'POST /api/rollouts': [accepted(aRollout({ reason: 'why' }))] }, START))
      .toMatchInlineSnapshot(`
        "exit 0
        --- stdout
        id            20261120-100000-0000a001
        scale set     /subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/demo/providers/Microsoft.Compute/virtualMachineScaleSets/web
        phase         accepted
        reason        why
        requested by  ada
        created       2026-11-20T10:00:00Z
        --- stderr
        ✓ started rollout 20261120-100000-0000a001 of web
        "
      `);
  });

  it('prints the answer as it came with --output json', async () => {
    const rollout = aRollout({ somethingNewer: [1] });
    const { out, err } = await runAgainst({ 'POST /api/rollouts': [accepted(rollout)] }, [
      ...START,
      '-o',
      'json',
    ]);
    expect(JSON.parse(out)).toEqual(rollout);
    expect(err).toBe('✓ started rollout 20261120-100000-0000a001 of web\n');
  });

  it('prints each wrong field of the spec with its path', async () => {
    const errors = [
      { path: 'change.image.version', message: 'must be a string' },
      { path: 'strategy.steps', message: 'unknown field' },
    ];
    const reply = problem(400, 'invalidSpec', 'the spec is not valid', { title: 'Invalid spec', errors });
    expect(await seenOf({ 'POST /api/rollouts': [reply] }, START)).toMatchInlineSnapshot(`
      "exit 2
      --- stdout
      --- stderr
      error: the spec is not valid (invalidSpec)
        change.image.version: must be a string
        strategy.steps: unknown field
      "
    `);
  });

  it('names the rollout that holds the scale set', async () => {
    const reply = problem(409, 'scaleSetBusy', 'another rollout works on web', {
      rolloutId: '20261120-100000-0000a009',
      remedy: 'wait for it, or abort it: vmss-rollout abort 20261120-100000-0000a009',
    });
    expect(await seenOf({ 'POST /api/rollouts': [reply] }, START)).toMatchInlineSnapshot(`
      "exit 8
      --- stdout
      --- stderr
      error: another rollout works on web (scaleSetBusy)
        held by rollout 20261120-100000-0000a009
      what to do: wait for it, or abort it: vmss-rollout abort 20261120-100000-0000a009
      "
    `);
  });

  it('tells how to find a rollout whose answer never came', async () => {
    expect(await seenOf({ 'POST /api/rollouts': ['drop'] }, START)).toMatchInlineSnapshot(`
      "exit 1
      --- stdout
      --- stderr
      cannot reach the function app at http://app: connection dropped; trying again
      should it have started all the same, --idempotency-key random-key with the same spec finds it
      error: cannot reach the function app at http://app: connection dropped
      "
    `);
  });

  it.each([
    ['no scale set', ['start']],
    ['a file that is not there', ['start', '--spec', '/nowhere/spec.json']],
    ['a wrong choice', [...START, '--on-failure', 'explode']],
    ['a wrong share', [...START, '--max-unavailable', 'some']],
    ['wrong approvals', [...START, '--approve-before', 'friday']],
    ['a set without =', [...START, '--set', 'a.b']],
    ['an unknown option', [...START, '--image-verison', '1']],
    ['an argument too many', [...START, 'web']],
  ])('exits 2 on %s, asking nobody', async (_, argv) => {
    const { code, err, out, requests } = await runAgainst({}, argv);
    expect({ code, out, requests }).toEqual({ code: 2, out: '', requests: [] });
    expect(err).toMatchSnapshot();
  });

  it('exits 2 on a spec that is not JSON', async () => {
    expect(await seenOf({}, ['start', '--spec', '-'], { stdin: '{' })).toMatchInlineSnapshot(`
      "exit 2
      --- stdout
      --- stderr
      error: standard input is not JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2)
      "
    `);
    expect(await seenOf({}, ['start', '--spec', '-'], { stdin: '[]' })).toMatchInlineSnapshot(`
      "exit 2
      --- stdout
      --- stderr
      error: standard input must hold one JSON object, a rollout spec
      "
    `);
  });
});
