import { describe, expect, it } from 'vitest';
import { aRollout, ended, SCALE_SET } from './rollouts.ts';
import { runAgainst, seenOf } from './run.ts';
import { accepted, ok, problem } from './scripted-app.ts';

const LEASES = {
  value: [
    {
      id: 'aa11aa11aa11aa11aa11aa11aa11aa11',
      scaleSet: SCALE_SET,
      rolloutId: '20261120-100000-0000a001',
      token: 4,
      since: '2026-11-20T10:00:00Z',
      phase: 'upgrading',
      state: 'notRunning',
      message: 'rollout 20261120-100000-0000a001 is upgrading, but its workflow does not run',
      canTakeOver: true,
      remedy: 'vmss-rollout doctor --take-over aa11aa11aa11aa11aa11aa11aa11aa11',
      heldGuards: [{ guard: 'upgradePolicy', was: 'Rolling', remedy: 'none' }],
    },
    {
      id: 'bb22',
      scaleSet: SCALE_SET.replace('web', 'api'),
      rolloutId: 'r2',
      token: 1,
      since: '2026-11-20T10:00:00Z',
      phase: 'waiting',
      state: 'live',
      message: 'rollout r2 works on it',
      canTakeOver: false,
      remedy: null,
    },
  ],
  guardsLeft: [
    {
      rolloutId: '20261120-100000-0000a000',
      scaleSet: SCALE_SET.replace('web', 'db'),
      guard: 'upgradePolicy',
      was: 'Automatic',
      remedy: 'vmss-rollout start --rollback-of 20261120-100000-0000a000',
    },
  ],
};

const TAKEN = {
  id: 'aa11aa11aa11aa11aa11aa11aa11aa11',
  scaleSet: SCALE_SET,
  token: 5,
  rolloutId: '20261120-100000-0000a001',
  from: '20261120-100000-0000a001',
  action: 'restarted',
};

describe('doctor', () => {
  it('lists what is ill and what was left behind', async () => {
    expect(await seenOf({ 'GET /api/leases': [ok(LEASES)] }, ['doctor'])).toMatchInlineSnapshot(`
      "exit 0
      --- stdout
      ScaleSet  Lease                             Rollout                   State       Why
      --------  --------------------------------  ------------------------  ----------  ----------------------------------------------------------------------------
      web       aa11aa11aa11aa11aa11aa11aa11aa11  20261120-100000-0000a001  notRunning  rollout 20261120-100000-0000a001 is upgrading, but its workflow does not run
      20261120-100000-0000a001 still holds upgradePolicy, which was Rolling
      what to do: vmss-rollout doctor --take-over aa11aa11aa11aa11aa11aa11aa11aa11
      1 rollout is at work
      ScaleSet  Guard          Was        Rollout
      --------  -------------  ---------  ------------------------
      db        upgradePolicy  Automatic  20261120-100000-0000a000
      what to do: vmss-rollout start --rollback-of 20261120-100000-0000a000
      --- stderr
      "
    `);
  });

  it('says when all is well', async () => {
    const well = { value: [LEASES.value[1]], guardsLeft: [] };
    expect(await seenOf({ 'GET /api/leases': [ok(well)] }, ['doctor'])).toMatchInlineSnapshot(`
      "exit 0
      --- stdout
      no stuck rollouts
      1 rollout is at work
      no guards left behind
      --- stderr
      "
    `);
  });

  it('takes a lease over, with a reason', async () => {
    const script = { 'POST /api/leases/aa11aa11aa11aa11aa11aa11aa11aa11/take-over': [ok(TAKEN)] };
    const argv = ['doctor', '--take-over', 'aa11aa11aa11aa11aa11aa11aa11aa11', '--reason', 'host lost'];
    expect(await seenOf(script, argv)).toMatchInlineSnapshot(`
      "exit 0
      --- stdout
      scale set      /subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/demo/providers/Microsoft.Compute/virtualMachineScaleSets/web
      taken from     20261120-100000-0000a001
      done           the rollout continues
      fencing token  5
      --- stderr
      ✓ took web over
      "
    `);
    expect((await runAgainst(script, argv)).requests).toEqual([
      { line: 'POST /api/leases/aa11aa11aa11aa11aa11aa11aa11aa11/take-over', body: { reason: 'host lost' } },
    ]);
  });

  it('finds the lease of a scale set, in any case', async () => {
    const script = {
      'GET /api/leases': [ok(LEASES)],
      'POST /api/leases/aa11aa11aa11aa11aa11aa11aa11aa11/take-over': [ok({ ...TAKEN, action: 'freed' })],
    };
    const { code, out } = await runAgainst(script, ['doctor', '--take-over', SCALE_SET.toUpperCase()]);
    expect(code).toBe(0);
    expect(out).toContain('the scale set is free');
  });

  it('exits 2 for a scale set that nobody holds, and for a reason without a deed', async () => {
    const script = { 'GET /api/leases': [ok({ value: [], guardsLeft: [] })] };
    const { code, err } = await runAgainst(script, ['doctor', '--take-over', SCALE_SET]);
    expect({ code, err }).toEqual({ code: 2, err: `error: no rollout holds ${SCALE_SET}\n` });
    expect((await runAgainst(script, ['doctor', '--reason', 'x'])).code).toBe(2);
  });

  it('gives the guards back that an ended rollout left, and follows that', async () => {
    const script = {
      'GET /api/rollouts/20261120-100000-0000a000': [
        ok(ended('cancelled', { id: '20261120-100000-0000a000' })),
      ],
      'POST /api/rollouts': [accepted(aRollout({ id: '20261120-100000-0000a009' }))],
      'GET /api/rollouts/20261120-100000-0000a009': [
        ok(ended('succeeded', { id: '20261120-100000-0000a009' })),
      ],
    };
    const argv = ['doctor', '--restore', '20261120-100000-0000a000', '--reason', 'night shift', '--wait'];
    const { code, err, requests } = await runAgainst(script, argv);
    expect({ code, err }).toMatchObject({
      code: 0,
      err: expect.stringContaining('✓ started rollout 20261120-100000-0000a009 of web\n'),
    });
    expect(requests[1]).toEqual({
      line: 'POST /api/rollouts',
      idempotencyKey: 'random-key',
      body: { scaleSet: SCALE_SET, restoreGuardsOf: '20261120-100000-0000a000', reason: 'night shift' },
    });
  });

  it('finds who left guards on a scale set', async () => {
    const set = LEASES.guardsLeft[0]?.scaleSet ?? '';
    const script = {
      'GET /api/leases': [ok(LEASES)],
      'GET /api/rollouts/20261120-100000-0000a000': [
        ok(ended('cancelled', { id: '20261120-100000-0000a000', scaleSet: set })),
      ],
      'POST /api/rollouts': [accepted(aRollout({ id: '20261120-100000-0000a009' }))],
    };
    const { requests } = await runAgainst(script, ['doctor', '--restore', set.toUpperCase()]);
    expect(requests.at(-1)?.body).toEqual({ scaleSet: set, restoreGuardsOf: '20261120-100000-0000a000' });
    const other = {
      ...LEASES.guardsLeft[0],
      rolloutId: '20261120-100000-0000a007',
      guard: 'automaticRepairs',
    };
    const two = { ...LEASES, guardsLeft: [...LEASES.guardsLeft, other] };
    const unsure = await runAgainst({ 'GET /api/leases': [ok(two)] }, ['doctor', '--restore', set]);
    expect(unsure).toMatchObject({
      code: 2,
      err: expect.stringContaining('20261120-100000-0000a000, 20261120-100000-0000a007'),
    });
    expect((await runAgainst(script, ['doctor', '--restore', SCALE_SET])).code).toBe(2);
  });

  it('says why guards stay held, and exits 1', async () => {
    const failure = {
      code: 'guardStaysHeld',
      message: 'instances 3 do not show',
      remedy: 'bring them there',
    };
    const script = {
      'GET /api/rollouts/20261120-100000-0000a000': [
        ok(ended('cancelled', { id: '20261120-100000-0000a000' })),
      ],
      'POST /api/rollouts': [accepted(aRollout({ id: '20261120-100000-0000a009' }))],
      'GET /api/rollouts/20261120-100000-0000a009': [
        ok(ended('halted', { id: '20261120-100000-0000a009', failure })),
      ],
    };
    const { code, out } = await runAgainst(script, [
      'doctor',
      '--restore',
      '20261120-100000-0000a000',
      '--wait',
    ]);
    expect(code).toBe(1);
    expect(out).toContain('bring them there');
  });

  it.each([
    [['--restore', '20261120-100000-0000a000', '--take-over', 'aa11aa11aa11aa11aa11aa11aa11aa11'], 2],
    [['--take-over', 'aa11aa11aa11aa11aa11aa11aa11aa11', '--wait'], 2],
    [['--wait'], 2],
    [['--restore', 'nobody'], 3],
  ])('%j exits %i', async (argv, code) => {
    expect((await runAgainst({}, ['doctor', ...argv])).code).toBe(code);
  });

  it('never takes over from a rollout at work', async () => {
    const busy = problem(409, 'scaleSetBusy', 'the lease is not taken over: rollout r2 works on it', {
      rolloutId: 'r2',
      remedy: 'look at it: vmss-rollout status r2',
    });
    const script = { 'POST /api/leases/bb22/take-over': [busy] };
    expect(await seenOf(script, ['doctor', '--take-over', 'bb22'])).toMatchInlineSnapshot(`
      "exit 3
      --- stdout
      --- stderr
      error: nothing at /api/scale-sets (notFound)
      "
    `);
  });
});
