import { describe, expect, it } from 'vitest';
import { aRollout, ended, SCALE_SET, upgrading, waitingForApproval } from './rollouts.ts';
import { runAgainst, seenOf } from './run.ts';
import { accepted, ok, problem, type Reply } from './scripted-app.ts';

const WAIT = ['start', '--scale-set', SCALE_SET, '--wait'];
const LOOK = 'GET /api/rollouts/20261120-100000-0000a001';

function script(...looks: readonly Reply[]): Readonly<Record<string, readonly Reply[]>> {
  return { 'POST /api/rollouts': [accepted(aRollout(), { 'retry-after': '2' })], [LOOK]: looks };
}

describe('--wait', () => {
  it('prints one line for each change when nobody can repaint', async () => {
    const looks = [ok(upgrading()), ok(upgrading()), ok(waitingForApproval()), ok(ended('succeeded'))];
    expect(await seenOf(script(...looks), WAIT)).toMatchInlineSnapshot(`
      "exit 0
      --- stdout
      id            20261120-100000-0000a001
      scale set     /subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/demo/providers/Microsoft.Compute/virtualMachineScaleSets/web
      phase         succeeded
      instances     4 of 4 upgraded
      requested by  ada
      created       2026-11-20T10:00:00Z
      ended         2026-11-20T10:02:05Z

      Batch  Name             Phase      Count  Instances  Seconds
      -----  ---------------  ---------  -----  ---------  -------
      0      update domain 0  succeeded  2      0, 2       60
      1      update domain 1  succeeded  2      1, 3       60
      --- stderr
      ✓ started rollout 20261120-100000-0000a001 of web
      00:00:00 accepted
      00:00:02 batch 1/2 (ud 0) upgrading 0, 2 [0/4]
      00:00:06 batch 2/2 (ud 1) waiting [2/4]: update domain 1 is waiting for approval (vmss-rollout approve 20261120-100000-0000a001 --batch 1; or reject, abort)
      00:00:08 succeeded [4/4]
      "
    `);
  });

  it('repaints a block on a terminal', async () => {
    const { err } = await runAgainst(
      script(ok(upgrading()), ok(waitingForApproval()), ok(ended('succeeded'))),
      WAIT,
      {
        terminal: { columns: 100, rows: 24, colour: false },
      },
    );
    expect(err.replaceAll('\u001B', '<esc>')).toMatchInlineSnapshot(`
      "✓ started rollout 20261120-100000-0000a001 of web
      web  accepted  0:00
      <esc>[1A<esc>[0Jweb  accepted  0:00
      <esc>[1A<esc>[0Jweb  accepted  0:00
      <esc>[1A<esc>[0Jweb  ░░░░░░░░░░░ 0/4  batch 1/2  0:00
        ▶ update domain 0    upgrading  0, 2  0:00
        · update domain 1    pending  1, 3
      <esc>[3A<esc>[0Jweb  ░░░░░░░░░░░ 0/4  batch 1/2  0:00
        ▶ update domain 0    upgrading  0, 2  0:00
        · update domain 1    pending  1, 3
      <esc>[3A<esc>[0Jweb  ░░░░░░░░░░░ 0/4  batch 1/2  0:00
        ▶ update domain 0    upgrading  0, 2  0:00
        · update domain 1    pending  1, 3
      <esc>[3A<esc>[0Jweb  waiting  ██████░░░░░ 2/4  batch 2/2  0:00
          update domain 1 is waiting for approval (vmss-rollout approve 20261120-100000-0000a001 --batch
          1; or reject, abort)
        ✓ update domain 0    succeeded  0, 2  1:00
        ▶ update domain 1    waiting  1, 3
      <esc>[5A<esc>[0Jweb  waiting  ██████░░░░░ 2/4  batch 2/2  0:00
          update domain 1 is waiting for approval (vmss-rollout approve 20261120-100000-0000a001 --batch
          1; or reject, abort)
        ✓ update domain 0    succeeded  0, 2  1:00
        ▶ update domain 1    waiting  1, 3
      <esc>[5A<esc>[0Jweb  waiting  ██████░░░░░ 2/4  batch 2/2  0:00
          update domain 1 is waiting for approval (vmss-rollout approve 20261120-100000-0000a001 --batch
          1; or reject, abort)
        ✓ update domain 0    succeeded  0, 2  1:00
        ▶ update domain 1    waiting  1, 3
      <esc>[5A<esc>[0Jweb  succeeded  ███████████ 4/4  2:04
        ✓ update domain 0    succeeded  0, 2  1:00
        ✓ update domain 1    succeeded  1, 3  1:00
      "
    `);
  });

  it('shows only as many batches as the screen has room for', async () => {
    const batches = Array.from({ length: 50 }, (_, index) => ({
      index,
      name: `step ${index}`,
      phase: index < 30 ? 'succeeded' : 'pending',
      instances: [String(index)],
    }));
    const { err } = await runAgainst(
      script(ok(upgrading({ batches, batch: 30 })), ok(ended('succeeded'))),
      WAIT,
      {
        terminal: { columns: 40, rows: 8, colour: false },
      },
    );
    const painted = err.split('\u001B[0J').find((one) => one.includes('step'));
    expect(painted?.replaceAll('\u001B', '<esc>')).toMatchInlineSnapshot(`
      "web  ░░░░░░░░░░░ 0/4  batch 31/50  0:00
        ✓ step 28            succeeded  28
        ✓ step 29            succeeded  29
        · step 30            pending  30
        · step 31            pending  31
        · step 32            pending  32
      <esc>[6A"
    `);
  });

  it('asks only for changes, and as often as it is told', async () => {
    const { requests, slept } = await runAgainst(
      script(
        ok(upgrading(), { etag: '"a"', 'retry-after': '7' }),
        { status: 304, headers: { 'retry-after': '3' } },
        ok(ended('succeeded'), { etag: '"b"' }),
      ),
      WAIT,
    );
    expect(slept).toEqual([2, 7, 3]);
    expect(requests.map(({ ifNoneMatch }) => ifNoneMatch)).toEqual([undefined, undefined, '"a"', '"a"']);
  });

  // Feature [For a bad night] `--wait` outlives dropped connections (R82)
  it('outlives dropped connections, and a function app that restarts', async () => {
    const restarting = { status: 404, body: 'no function matches' };
    const looks: Reply[] = [
      'drop',
      { status: 503 },
      restarting,
      problem(502, 'armUnreachable', 'no ARM'),
      ok(ended('succeeded')),
    ];
    expect(await seenOf(script(...looks), WAIT)).toMatchInlineSnapshot(`
      "exit 0
      --- stdout
      id            20261120-100000-0000a001
      scale set     /subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/demo/providers/Microsoft.Compute/virtualMachineScaleSets/web
      phase         succeeded
      instances     4 of 4 upgraded
      requested by  ada
      created       2026-11-20T10:00:00Z
      ended         2026-11-20T10:02:05Z

      Batch  Name             Phase      Count  Instances  Seconds
      -----  ---------------  ---------  -----  ---------  -------
      0      update domain 0  succeeded  2      0, 2       60
      1      update domain 1  succeeded  2      1, 3       60
      --- stderr
      ✓ started rollout 20261120-100000-0000a001 of web
      00:00:00 accepted
      00:00:02 cannot reach the function app at http://app: connection dropped; trying again
      00:00:17 reconnected
      00:00:17 succeeded [4/4]
      "
    `);
  });

  it('waits as long as a busy function app asks it to', async () => {
    const busy = { status: 429, headers: { 'retry-after': '17' } };
    const { code, slept } = await runAgainst(script(busy, ok(ended('succeeded'))), WAIT);
    expect({ code, slept }).toEqual({ code: 0, slept: [2, 17] });
  });

  it('gives up when the rollout is not known any more', async () => {
    const { code, err } = await runAgainst(
      script(problem(404, 'notFound', 'no rollout 20261120-100000-0000a001')),
      WAIT,
    );
    expect(code).toBe(3);
    expect(err).toContain('error: no rollout 20261120-100000-0000a001 (notFound)');
  });

  // Feature [For a bad night] `--wait` with exit code and time-out (R82)
  it('says that the rollout goes on when the token expires meanwhile', async () => {
    const expired = problem(401, 'unauthenticated', 'the token has expired', { remedy: 'sign in again' });
    const { code, err } = await runAgainst(script(ok(upgrading()), expired), WAIT);
    expect({ code, lines: err.split('\n').slice(-4) }).toEqual({
      code: 1,
      lines: [
        'no longer followed: rollout 20261120-100000-0000a001 continues; follow it with: vmss-rollout status 20261120-100000-0000a001 --wait',
        'error: the token has expired (unauthenticated)',
        'what to do: sign in again',
        '',
      ],
    });
  });

  it('leaves after --timeout, while the rollout goes on', async () => {
    expect(await seenOf(script(ok(upgrading())), [...WAIT, '--timeout', '9'])).toMatchInlineSnapshot(`
      "exit 5
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
      ✓ started rollout 20261120-100000-0000a001 of web
      00:00:00 accepted
      00:00:02 batch 1/2 (ud 0) upgrading 0, 2 [0/4]
      not ended within 9 s: rollout 20261120-100000-0000a001 continues; follow it with: vmss-rollout status 20261120-100000-0000a001 --wait
      "
    `);
  });

  it('leaves after --timeout when nobody answers any more', async () => {
    const { code, slept } = await runAgainst(script('drop'), [...WAIT, '--timeout', '20']);
    expect(code).toBe(5);
    expect(slept.reduce((sum, seconds) => sum + seconds, 0)).toBe(20);
  });

  it('leaves on Ctrl-C, naming the rollout that goes on', async () => {
    expect(await seenOf(script(ok(upgrading())), WAIT, { interruptAtSleep: 2 })).toMatchInlineSnapshot(`
      "exit 130
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
      ✓ started rollout 20261120-100000-0000a001 of web
      00:00:00 accepted
      00:00:02 batch 1/2 (ud 0) upgrading 0, 2 [0/4]
      detached: rollout 20261120-100000-0000a001 continues; follow it with: vmss-rollout status 20261120-100000-0000a001 --wait
      "
    `);
  });

  it('leaves on Ctrl-C while the connection is lost', async () => {
    const { code, err } = await runAgainst(script('drop'), WAIT, { interruptAtSleep: 3 });
    expect(code).toBe(130);
    expect(err).toContain('detached: rollout 20261120-100000-0000a001 continues');
  });

  it.each([
    ['succeeded', 0],
    ['failed', 1],
    ['halted', 1],
    ['rolledBack', 4],
    ['refused', 6],
    ['rejected', 7],
    ['cancelled', 7],
  ])('ends with %s as exit code %i', async (phase, code) => {
    expect((await runAgainst(script(ok(ended(phase))), WAIT)).code).toBe(code);
  });

  // Feature [For a bad night] `--wait` ends at a pause that a failure made, with a code of its own (Issue 12, kind 7)
  it('ends at a pause that a failure made, and goes on waiting at one that a person made', async () => {
    const at = (by: string | null) =>
      ok(aRollout({ phase: 'paused', paused: { by, since: '2026-11-20T10:00:02Z', reason: 'two of five' } }));
    const failed = await runAgainst(script(at(null)), WAIT);
    expect(failed.code).toBe(9);
    expect(failed.out).toContain('by a failure since 2026-11-20T10:00:02Z: two of five');
    expect((await runAgainst(script(at('grace'), ok(ended('succeeded'))), WAIT)).code).toBe(0);
  });

  it('takes nothing to do for success, unless --fail-on-noop', async () => {
    const looks = script(ok(aRollout({ phase: 'succeeded', noop: true, endedAt: '2026-11-20T10:00:02Z' })));
    expect((await runAgainst(looks, [...WAIT, '--fail-on-noop'])).code).toBe(6);
    expect(await seenOf(looks, WAIT)).toMatchInlineSnapshot(`
      "exit 0
      --- stdout
      id            20261120-100000-0000a001
      scale set     /subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/demo/providers/Microsoft.Compute/virtualMachineScaleSets/web
      phase         succeeded (nothing to do)
      requested by  ada
      created       2026-11-20T10:00:00Z
      ended         2026-11-20T10:00:02Z
      --- stderr
      ✓ started rollout 20261120-100000-0000a001 of web
      00:00:00 accepted
      00:00:02 succeeded, nothing to do
      "
    `);
  });

  it('says what failed, what is left and what to do', async () => {
    const halted = ended('halted', {
      failure: {
        code: 'unhealthyAfterUpgrade',
        message: 'instance 3 is unhealthy',
        remedy: 'look at its boot log',
        instances: ['3'],
      },
      left: {
        model: 'after',
        instances: { before: ['1'], after: ['0', '2'], unknown: ['3'] },
        started: ['2'],
        heldGuards: [{ guard: 'upgradePolicy', was: 'Automatic', remedy: 'set it by hand' }],
      },
    });
    expect(await seenOf(script(ok(halted)), WAIT)).toMatchInlineSnapshot(`
      "exit 1
      --- stdout
      id             20261120-100000-0000a001
      scale set      /subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/demo/providers/Microsoft.Compute/virtualMachineScaleSets/web
      phase          halted
      instances      4 of 4 upgraded
      requested by   ada
      created        2026-11-20T10:00:00Z
      ended          2026-11-20T10:02:05Z
      failure        unhealthyAfterUpgrade: instance 3 is unhealthy
      on instances   3
      what to do     look at its boot log
      left: model    after
      left: before   1
      left: after    0, 2
      left: unknown  3
      left: started  2
      held guard     upgradePolicy, was Automatic: set it by hand

      Batch  Name             Phase      Count  Instances  Seconds
      -----  ---------------  ---------  -----  ---------  -------
      0      update domain 0  succeeded  2      0, 2       60
      1      update domain 1  succeeded  2      1, 3       60
      --- stderr
      ✓ started rollout 20261120-100000-0000a001 of web
      00:00:00 accepted
      00:00:02 halted [4/4]: unhealthyAfterUpgrade: instance 3 is unhealthy
      "
    `);
  });

  it('does not let words of others move the cursor', async () => {
    const { out, err } = await runAgainst(
      script(ok(ended('failed', { reason: 'a\u001B[2Jb\nphase succeeded' }))),
      WAIT,
    );
    expect(out + err).not.toContain('\u001B');
    expect(out).toContain('a\\u001b[2Jb phase succeeded');
  });
});
