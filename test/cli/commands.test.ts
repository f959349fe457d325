import { describe, expect, it } from 'vitest';
import { aRollout, ended, SCALE_SET, upgrading, waitingForApproval } from './rollouts.ts';
import { runAgainst, seenOf } from './run.ts';
import { accepted, ok, problem } from './scripted-app.ts';

const PLAN = {
  hash: 'h1',
  scaleSet: SCALE_SET,
  delta: [
    {
      path: 'virtualMachineProfile.storageProfile.imageReference.version',
      before: '22.04.202610010',
      after: '22.04.202611010',
      class: 'reimage',
    },
  ],
  class: 'reimage',
  batches: [
    { index: 0, name: 'update domain 0', instances: ['0', '5', '10'] },
    { index: 1, name: 'update domain 1', instances: ['1', '2', '3'] },
  ],
  floor: 12,
  skipped: [{ instance: '7', reason: 'protected from scale set actions' }],
  expected: { seconds: 725, armRequests: 48 },
  warnings: [{ code: 'noHealthSignal', message: 'the scale set has neither probe nor health extension' }],
};

describe('commands to a rollout', () => {
  it.each([
    ['pause', ['--reason', 'errors'], { reason: 'errors' }],
    ['resume', [], {}],
    ['approve', [], {}],
    ['approve', ['--batch', '2', '--reason', 'fine'], { batch: 2, reason: 'fine' }],
    ['reject', ['--batch', '0'], { batch: 0 }],
    ['abort', [], {}],
    ['retry', ['--instance', '3', '--instance', '8'], { instances: ['3', '8'] }],
    ['skip', ['--batch', '1'], { batch: 1 }],
    ['skip', ['--instance', '1'], { instances: ['1'] }],
  ])('%s %j', async (verb, flags, body) => {
    const line = `POST /api/rollouts/20261120-100000-0000a001/${verb}`;
    const { code, requests } = await runAgainst({ [line]: [accepted(upgrading())] }, [
      verb,
      '20261120-100000-0000a001',
      ...flags,
    ]);
    expect({ code, requests }).toEqual({ code: 0, requests: [{ line, idempotencyKey: 'random-key', body }] });
  });

  it('prints the rollout as it is after the command', async () => {
    expect(
      await seenOf({ 'POST /api/rollouts/20261120-100000-0000a001/pause': [accepted(upgrading())] }, [
        'pause',
        '20261120-100000-0000a001',
      ]),
    ).toMatchInlineSnapshot(`
      "exit 0
      --- stdout
      id            20261120-100000-0000a001
      scale set     /subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/demo/providers/Microsoft.Compute/virtualMachineScaleSets/web
      phase         upgrading
      instances     0 of 4 upgraded, 2 upgrading
      requested by  ada
      created       2026-11-20T10:00:00Z

      Batch  Name             Phase      Count  Instances  Seconds
      -----  ---------------  ---------  -----  ---------  -------
      0      update domain 0  upgrading  2      0, 2
      1      update domain 1  pending    2      1, 3
      --- stderr
      ✓ paused; what is under way ends, nothing new begins
      "
    `);
  });

  it('says why a command is not possible now', async () => {
    const reply = problem(409, 'wrongPhase', '20261120-100000-0000a001 has ended: succeeded', {
      rolloutId: '20261120-100000-0000a001',
      title: 'Not possible in this phase',
      remedy: 'undo it with: vmss-rollout start --rollback-of 20261120-100000-0000a001',
    });
    expect(
      await seenOf({ 'POST /api/rollouts/20261120-100000-0000a001/rollback': [reply] }, [
        'rollback',
        '20261120-100000-0000a001',
      ]),
    ).toMatchInlineSnapshot(`
      "exit 1
      --- stdout
      --- stderr
      error: 20261120-100000-0000a001 has ended: succeeded (wrongPhase)
      what to do: undo it with: vmss-rollout start --rollback-of 20261120-100000-0000a001
      "
    `);
  });

  it('never sends a command twice when the answer was lost', async () => {
    const run = await runAgainst({ 'POST /api/rollouts/20261120-100000-0000a001/approve': ['drop'] }, [
      'approve',
      '20261120-100000-0000a001',
    ]);
    expect(run.requests).toHaveLength(1);
    expect(run.err).toMatchInlineSnapshot(`
      "error: cannot reach the function app at http://app: connection dropped; the answer was lost, the command may have arrived
      "
    `);
  });

  it('goes on with --wait', async () => {
    const run = await runAgainst(
      {
        'POST /api/rollouts/20261120-100000-0000a001/rollback': [accepted(upgrading())],
        'GET /api/rollouts/20261120-100000-0000a001': [ok(ended('rolledBack'))],
      },
      ['rollback', '20261120-100000-0000a001', '--wait'],
    );
    expect(run.code).toBe(4);
  });

  const PLAN_OF_ROLLBACK = 'GET /api/rollouts/20261120-100000-0000a001/rollback-plan';
  const ROLLBACK = 'POST /api/rollouts/20261120-100000-0000a001/rollback';
  const BACK = {
    rolloutId: '20261120-100000-0000a001',
    scaleSet: SCALE_SET,
    delta: [{ path: 'sku.name', before: 'Standard_D4s_v5', after: 'Standard_D2s_v5', class: 'restart' }],
    class: 'restart',
    batches: [
      { index: 1, name: 'update domain 1', instances: ['1', '3'] },
      { index: 0, name: 'update domain 0', instances: ['0', '2'] },
    ],
    floor: 2,
    unrecoverable: [{ path: 'osProfile.customData', why: 'nobody can read it' }],
    expected: { seconds: 240, armRequests: 22 },
    warnings: [{ code: 'operationsRunning', message: 'the rollback begins when they have ended' }],
  };
  const ROLLING_BACK = { [PLAN_OF_ROLLBACK]: [ok(BACK)], [ROLLBACK]: [accepted(upgrading())] };

  it('shows what a rollback will do, and goes on without asking where nobody sits', async () => {
    const { code, out, err, requests } = await runAgainst(ROLLING_BACK, [
      'rollback',
      '20261120-100000-0000a001',
      '-o',
      'json',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ id: '20261120-100000-0000a001' });
    expect(requests.map(({ line }) => line)).toEqual([PLAN_OF_ROLLBACK, ROLLBACK]);
    expect(requests[1]).toEqual({ line: ROLLBACK, idempotencyKey: 'random-key', body: {} });
    expect(err).toMatchInlineSnapshot(`
      "scale set   /subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/demo/providers/Microsoft.Compute/virtualMachineScaleSets/web
      disruption  restart
      floor       at least 2 instances stay serving

        ~ sku.name: Standard_D4s_v5 → Standard_D2s_v5 (restart)

      Batch  Name             Count  Instances
      -----  ---------------  -----  ---------
      1      update domain 1  2      1, 3
      0      update domain 0  2      0, 2

      Not restored          Why
      --------------------  ------------------
      osProfile.customData  nobody can read it

      rolls back 4 instances in 2 batches; takes about 4 min, 22 ARM requests
      ! operationsRunning: the rollback begins when they have ended
      ✓ rolling back the model and every touched instance
      "
    `);
  });

  it.each([
    ['y', 0, true],
    ['YES ', 0, true],
    ['n', 1, false],
    ['', 1, false],
    ['yesterday', 1, false],
  ])('asks at a terminal before it rolls back: %j', async (answer, code, isSent) => {
    const run = await runAgainst(ROLLING_BACK, ['rollback', '20261120-100000-0000a001'], { answer });
    expect(run.code).toBe(code);
    expect(run.err).toContain('4 instances in 2 batches');
    expect(run.err).toContain('Roll 20261120-100000-0000a001 back? [y/N]');
    expect(run.requests.some(({ line }) => line === ROLLBACK)).toBe(isSent);
  });

  it('does not ask when told so, nor shows that to the app', async () => {
    const { code, err, requests } = await runAgainst(
      ROLLING_BACK,
      ['rollback', '20261120-100000-0000a001', '--yes'],
      {
        answer: 'n',
      },
    );
    expect(code).toBe(0);
    expect(err).toContain('4 instances in 2 batches');
    expect(err).not.toContain('[y/N]');
    expect(requests[1]?.body).toEqual({});
  });

  it.each([
    ['a script rolls back', undefined, 0],
    ['nobody is asked who has not seen it', 'y', 1],
  ])('when there is no plan of the rollback %s', async (_, answer, code) => {
    const script = { ...ROLLING_BACK, [PLAN_OF_ROLLBACK]: [problem(503, 'unavailable', 'storage')] };
    const around = answer === undefined ? {} : { answer };
    const run = await runAgainst(script, ['rollback', '20261120-100000-0000a001'], around);
    expect(run.code).toBe(code);
    expect(run.requests.some(({ line }) => line === ROLLBACK)).toBe(code === 0);
  });

  it('wants to know what to skip', async () => {
    expect(await seenOf({}, ['skip', '20261120-100000-0000a001'])).toMatchInlineSnapshot(`
      "exit 2
      --- stdout
      --- stderr
      error: say what to skip: --batch INDEX or --instance ID
      "
    `);
  });

  it('sends an id as one path segment', async () => {
    const script = { 'GET /api/rollouts?top=100': [ok({ value: [aRollout({ id: '../plans?x' })] })] };
    const { requests } = await runAgainst(script, ['pause', '../plans?x']);
    expect(requests[1]?.line).toBe('POST /api/rollouts/..%2Fplans%3Fx/pause');
  });
});

describe('status', () => {
  it('shows where a rollout stands and what it waits for', async () => {
    expect(
      await seenOf({ 'GET /api/rollouts/20261120-100000-0000a001': [ok(waitingForApproval())] }, [
        'status',
        '20261120-100000-0000a001',
      ]),
    ).toMatchInlineSnapshot(`
        "exit 0
        --- stdout
        id            20261120-100000-0000a001
        scale set     /subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/demo/providers/Microsoft.Compute/virtualMachineScaleSets/web
        phase         waiting
        why           update domain 1 is waiting for approval
        next          vmss-rollout approve 20261120-100000-0000a001 --batch 1
                      vmss-rollout reject 20261120-100000-0000a001 --batch 1
                      vmss-rollout abort 20261120-100000-0000a001
        instances     2 of 4 upgraded
        requested by  ada
        created       2026-11-20T10:00:00Z

        Batch  Name             Phase      Count  Instances  Seconds
        -----  ---------------  ---------  -----  ---------  -------
        0      update domain 0  succeeded  2      0, 2       60
        1      update domain 1  waiting    2      1, 3
        --- stderr
        "
      `);
  });

  it('exits 0 for a rollout that failed: reading it worked', async () => {
    const { code } = await runAgainst(
      { 'GET /api/rollouts/20261120-100000-0000a001': [ok(ended('failed'))] },
      ['status', '20261120-100000-0000a001'],
    );
    expect(code).toBe(0);
  });

  it('follows with --wait', async () => {
    const { code } = await runAgainst(
      { 'GET /api/rollouts/20261120-100000-0000a001': [ok(upgrading()), ok(ended('failed'))] },
      ['status', '20261120-100000-0000a001', '--wait'],
    );
    expect(code).toBe(1);
  });

  it('exits 3 for a rollout that is not there', async () => {
    expect(await seenOf({}, ['status', '20261120-100000-0000a007'])).toMatchInlineSnapshot(`
      "exit 3
      --- stdout
      --- stderr
      error: nothing at /api/rollouts/20261120-100000-0000a007 (notFound)
      "
    `);
  });

  it('shows instances', async () => {
    const value = [
      {
        instanceId: '0',
        updateDomain: 0,
        batch: 0,
        phase: 'succeeded',
        latestModelApplied: true,
        provisioningState: 'Succeeded',
        power: 'running',
        health: 'healthy',
        attempts: 1,
      },
      {
        instanceId: '12',
        updateDomain: 2,
        batch: 2,
        phase: 'pending',
        latestModelApplied: false,
        attempts: 0,
      },
    ];
    const script = { 'GET /api/rollouts/20261120-100000-0000a001/instances': [ok({ value })] };
    expect(await seenOf(script, ['status', '20261120-100000-0000a001', '--instances']))
      .toMatchInlineSnapshot(`
      "exit 0
      --- stdout
      Instance  Domain  Zone  Batch  Phase      Latest  Provisioning  Power    Health   Attempts
      --------  ------  ----  -----  ---------  ------  ------------  -------  -------  --------
      0         0             0      succeeded  true    Succeeded     running  healthy  1
      12        2             2      pending    false                                   0
      --- stderr
      "
    `);
  });

  it('shows events', async () => {
    const value = [
      { sequence: 1, time: '2026-11-20T10:00:00Z', kind: 'accepted', by: 'ada', message: 'rollout accepted' },
      {
        sequence: 2,
        time: '2026-11-20T10:00:05Z',
        kind: 'batchStarted',
        batch: 0,
        message: 'batch 0 started',
      },
    ];
    const script = { 'GET /api/rollouts/20261120-100000-0000a001/events': [ok({ value })] };
    expect(await seenOf(script, ['status', '20261120-100000-0000a001', '--events'])).toMatchInlineSnapshot(`
      "exit 0
      --- stdout
      2026-11-20T10:00:00Z  accepted  rollout accepted (ada)
      2026-11-20T10:00:05Z  batchStarted  batch 0 started
      --- stderr
      "
    `);
  });
});

describe('list', () => {
  const page = (ids: readonly string[], nextLink?: string) =>
    ok({
      value: ids.map((id) => ended('succeeded', { id })),
      ...(nextLink === undefined ? {} : { nextLink }),
    });

  it('shows rollouts as a table', async () => {
    const value = [upgrading(), aRollout({ id: '20261120-100000-0000a000', reason: 'first' })];
    expect(await seenOf({ 'GET /api/rollouts?top=20': [ok({ value })] }, ['list'])).toMatchInlineSnapshot(`
      "exit 0
      --- stdout
      Id                        ScaleSet  Phase      Upgraded  Created               Reason
      ------------------------  --------  ---------  --------  --------------------  ------
      20261120-100000-0000a001  web       upgrading  0/4       2026-11-20T10:00:00Z
      20261120-100000-0000a000  web       accepted             2026-11-20T10:00:00Z  first
      --- stderr
      "
    `);
  });

  it('asks for one scale set and phase', async () => {
    const { requests } = await runAgainst({}, [
      'list',
      '--scale-set',
      '/a/b',
      '--phase',
      'waiting',
      '--top',
      '3',
    ]);
    expect(requests[0]?.line).toBe('GET /api/rollouts?scaleSet=%2Fa%2Fb&phase=waiting&top=3');
  });

  it('follows the pages, only ever on the same function app', async () => {
    const script = {
      'GET /api/rollouts?top=3': [
        page(['a', 'b'], 'https://elsewhere.example/api/rollouts?top=3&skipToken=x'),
      ],
      'GET /api/rollouts?top=3&skipToken=x': [page(['c', 'd'])],
    };
    const { out, err } = await runAgainst(script, ['list', '--top', '3', '-o', 'json']);
    expect(JSON.parse(out).map(({ id }: { id: string }) => id)).toEqual(['a', 'b', 'c']);
    expect(err).toBe('there are more than 3: list --top 15\n');
  });
});

describe('plan', () => {
  it('shows what a rollout would do', async () => {
    const script = { 'POST /api/plans': [ok(PLAN)] };
    const argv = ['plan', '--scale-set', SCALE_SET, '--image-version', '22.04.202611010'];
    expect((await runAgainst(script, argv)).requests[0]).toEqual({
      line: 'POST /api/plans',
      body: { scaleSet: SCALE_SET, change: { image: { version: '22.04.202611010' } } },
    });
    expect(await seenOf(script, argv)).toMatchInlineSnapshot(`
      "exit 0
      --- stdout
      scale set   /subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/demo/providers/Microsoft.Compute/virtualMachineScaleSets/web
      plan hash   h1
      disruption  reimage
      floor       at least 12 instances stay serving

        ~ imageReference.version: 22.04.202610010 → 22.04.202611010 (reimage)

      Batch  Name             Count  Instances
      -----  ---------------  -----  ---------
      0      update domain 0  3      0, 5, 10
      1      update domain 1  3      1-3

      Skipped  Reason
      -------  --------------------------------
      7        protected from scale set actions

      6 instances in 2 batches; takes about 12 min 5 s, 48 ARM requests
      ! noHealthSignal: the scale set has neither probe nor health extension
      --- stderr
      "
    `);
  });

  it('shows the plan of a rollout', async () => {
    const { out } = await runAgainst({ 'GET /api/rollouts/20261120-100000-0000a001/plan': [ok(PLAN)] }, [
      'plan',
      '20261120-100000-0000a001',
      '-o',
      'json',
    ]);
    expect(JSON.parse(out)).toEqual(PLAN);
  });

  it('exits 6 on a refusal, and on nothing to do with --fail-on-noop', async () => {
    const argv = ['plan', '--scale-set', SCALE_SET];
    const refusal = problem(422, 'tooDisruptive', 'a new VM size deallocates every instance', {
      errors: [{ path: 'change.vmSize', message: 'Standard_D8s_v5 is not in the list of sizes' }],
      remedy: 'set strategy.mostDisruptiveAllowed to deallocate',
    });
    expect(await seenOf({ 'POST /api/plans': [refusal] }, argv)).toMatchInlineSnapshot(`
      "exit 6
      --- stdout
      --- stderr
      error: a new VM size deallocates every instance (tooDisruptive)
        change.vmSize: Standard_D8s_v5 is not in the list of sizes
      what to do: set strategy.mostDisruptiveAllowed to deallocate
      "
    `);
    const nothing = { 'POST /api/plans': [ok({ ...PLAN, delta: [], batches: [] })] };
    expect((await runAgainst(nothing, argv)).code).toBe(0);
    expect((await runAgainst(nothing, [...argv, '--fail-on-noop'])).code).toBe(6);
  });
});
