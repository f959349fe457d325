import { describe, expect, it } from 'vitest';
import { typedIn } from '../docs/transcript.ts';
import { startLab, WEB, type Lab } from '../lab/lab.ts';

const LATEST = ['--scale-set', 'web', '--image-version', 'latest'];
/** What Azure was asked to do, by the simulator's word. */
function writes(lab: Lab): readonly string[] {
  return lab.log.flatMap((entry) => (entry.kind === 'request' && entry.method !== 'GET' ? [entry.path] : []));
}

const SCREEN = { columns: 100, rows: 40, colour: false };

describe('plan', () => {
  // Feature [Planning] A plan as Terraform's readers expect it, with its time and who is in the way (CLI)
  it('shows what changes, in which batches, for how long, and who is in the way', async () => {
    await using lab = await startLab({ count: 6 });
    const { out, err, code } = await typedIn(lab, ['plan', ...LATEST]);
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(out).toMatchInlineSnapshot(`
      "scale set   /subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rollout/providers/Microsoft.Compute/virtualMachineScaleSets/web
      plan hash   2f452e98b2942294955d3a7a6ad408c4
      disruption  reimage
      floor       at least 4 instances stay serving

        ~ imageReference.version: 22.04.202610080 → 22.04.202611010 (reimage)

      Batch  Name             Count  Instances
      -----  ---------------  -----  ---------
      0      update domain 0  2      0, 5
      1      update domain 1  1      1
      2      update domain 2  1      2
      3      update domain 3  1      3
      4      update domain 4  1      4

      6 instances in 5 batches; takes about 17 min 36 s, 67 ARM requests
      "
    `);
    const id = await lab.start({ approvals: { before: 'rollout' } });
    const held = await typedIn(lab, ['plan', ...LATEST]);
    expect(held.out.trimEnd().split('\n').at(-1)).toBe(`! held by ${id.slice(-8)}: a start would be refused`);
    // What would wait for the set is not refused.
    const queued = await typedIn(lab, ['plan', '--scale-set', 'web', '--image-version', 'latest', '--queue']);
    expect(queued.out.trimEnd().split('\n').at(-1)).toBe(
      `! scaleSetHeld: rollout ${id} holds this scale set; a start waits in the queue until they have ended`,
    );
    expect(queued.out).not.toContain('refused');
  });
});

describe('start at a terminal', () => {
  const answering = (answer: string) => ({ terminal: SCREEN, ask: async () => answer });

  // Feature [Planning] `start` shows the plan and asks; what is started is what was shown (CLI)
  it('shows the plan, asks, and starts just that', async () => {
    await using lab = await startLab({ count: 6 });
    const { code, err } = await typedIn(lab, ['start', ...LATEST, '-o', 'none'], answering('y'));
    expect(code).toBe(0);
    expect(err).toContain('~ imageReference.version: 22.04.202610080 → ');
    expect(err).toMatch(/✓ started rollout \S+ of web\n$/);
    const { body } = await lab.call('GET', '/rollouts');
    const [, hash] = /plan hash +(\S+)/.exec(err) ?? [];
    expect((await lab.toEnd(body.value[0].id)).planHash).toBe(hash);
  });

  it('starts nothing when the answer is no, and does not ask with --yes', async () => {
    await using lab = await startLab({ count: 6 });
    const { code, err } = await typedIn(lab, ['start', ...LATEST], answering(''));
    expect(code).toBe(1);
    expect(err).toMatch(/\nnot started: nothing was sent\n$/);
    expect((await lab.call('GET', '/rollouts')).body.value).toEqual([]);
    const asked = await typedIn(lab, ['start', ...LATEST, '--yes', '-o', 'none'], {
      terminal: SCREEN,
      ask: () => Promise.reject(new Error('nobody is to be asked')),
    });
    expect(asked.code).toBe(0);
  });
});

describe('set, add and remove', () => {
  // Feature [Change] `set`, `add` and `remove` as commands, by az's path rules (Change)
  it('are rollouts of one change', async () => {
    await using lab = await startLab({ count: 3 });
    const tags = async () =>
      (
        await lab.call(
          'GET',
          WEB.replace('/subscriptions', '/scale-sets').replace(/resourceGroups\/(\w+)\/.*\/(\w+)$/, '$1/$2'),
        )
      ).body.model.tags;
    const set = await typedIn(lab, ['set', 'web', 'tags.team=shop', 'tags.size=1', '--wait', '-o', 'none']);
    expect(set.code, set.err).toBe(0);
    expect(await tags()).toMatchObject({ team: 'shop', size: '1' });
    const removed = await typedIn(lab, ['remove', 'web', 'tags.team', '--wait', '-o', 'none']);
    expect(removed.code, removed.err).toBe(0);
    expect(await tags()).toEqual({ size: '1' });
  });

  it.each([
    [['set', 'web', 'tags.team'], 'error: set "tags.team" is not written as path=value\n'],
    [['add', 'web', 'tags'], 'error: add "tags" is not written as --add LIST VALUE\n'],
    [['set', 'web'], 'error: vmss-rollout set needs PATH=VALUE: as az has them\n'],
  ])('%j is refused', async (argv, words) => {
    await using lab = await startLab({ count: 3 });
    const { code, err } = await typedIn(lab, argv);
    expect({ code, err }).toEqual({ code: 2, err: words });
  });
});

describe('actions', () => {
  // Feature [Power] Actions on instances and domains from the command line (CLI)
  it('are rollouts of their own', async () => {
    await using lab = await startLab({ count: 4 });
    const off = await typedIn(lab, [
      'scale-sets',
      'power-off',
      'web',
      '--instance',
      '1',
      '--yes',
      '--wait',
      '-o',
      'none',
    ]);
    expect(off.code, off.err).toBe(0);
    const power = await typedIn(lab, ['scale-sets', 'instances', 'web', '--query', '[].power', '-o', 'tsv']);
    expect(power.out).toBe('running\nstopped\nrunning\nrunning\n');
    const grown = await typedIn(lab, [
      'scale-sets',
      'scale',
      'web',
      '--capacity',
      '6',
      '--yes',
      '--wait',
      '-o',
      'none',
    ]);
    expect(grown.code, grown.err).toBe(0);
    expect((await typedIn(lab, ['scale-sets', 'show', 'web', '--query', 'capacity'])).out).toBe('6\n');
  });

  // Feature [Power] An action on the command line shows its plan and asks; without a terminal a dangerous one wants `--yes` (CLI)
  it('show their plan and ask at a terminal; what is done is what was shown', async () => {
    await using lab = await startLab({ count: 4 });
    const argv = ['scale-sets', 'restart', 'web', '--instance', '1,2'];
    const no = await typedIn(lab, argv, { ask: async () => 'n' });
    expect({ code: no.code, out: no.out }).toEqual({ code: 1, out: '' });
    expect(no.err).toMatchInlineSnapshot(`
      "scale set   /subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rollout/providers/Microsoft.Compute/virtualMachineScaleSets/web
      plan hash   bf8a4fb4cf3a36df89a538395d88770b
      disruption  restart
      floor       at least 3 instances stay serving

      Batch  Name             Count  Instances
      -----  ---------------  -----  ---------
      0      update domain 1  1      1
      1      update domain 2  1      2

      2 instances in 2 batches; takes about 4 min 42 s, 27 ARM requests
      nothing was sent
      "
    `);
    expect(writes(lab)).toEqual([]);
    const yes = await typedIn(lab, [...argv, '--wait', '-o', 'none'], { ask: async () => 'y' });
    expect(yes.code, yes.err).toBe(0);
    const { body } = await lab.call('GET', '/rollouts');
    expect(body.value.map(({ planHash }: { planHash: string }) => planHash)).toEqual([
      /plan hash +(\S+)/.exec(no.err)?.[1],
    ]);
    expect(writes(lab).map((path) => path.split('/').at(-1))).toEqual(['restart', 'restart']);
  });

  it.each([
    ['power-off', '--instance', '1'],
    ['deallocate', '--instance', '1'],
    ['reimage', '--instance', '1'],
    ['delete', '--instance', '1', '--accept-irreversible'],
    ['scale', '--capacity', '6'],
  ])('%s wants --yes where nobody can be asked', async (name, ...flags) => {
    await using lab = await startLab({ count: 4 });
    const before = lab.log.length;
    const { code, out, err } = await typedIn(lab, ['scale-sets', name, 'web', ...flags]);
    expect({ code, out, sent: lab.log.slice(before) }).toEqual({ code: 2, out: '', sent: [] });
    expect(err).toContain('--yes');
  });

  it('delete wants to know which', async () => {
    await using lab = await startLab({ count: 4 });
    const { code, err } = await typedIn(lab, ['scale-sets', 'delete', 'web', '--yes']);
    expect({ code, err }).toEqual({
      code: 2,
      err: 'error: say which instances to delete: --instance 3,7 or --update-domain 2\n',
    });
  });

  it('say in flags what a refusal wants, and say it once', async () => {
    await using lab = await startLab({ count: 4 });
    const argv = ['scale-sets', 'scale', 'web', '--capacity', '2'];
    const { code, err } = await typedIn(lab, argv, { ask: async () => 'n' });
    expect(code).toBe(6);
    expect(err).toMatchInlineSnapshot(`
      "error: a rollback could not restore 'change.capacity': a deleted instance is gone for good, and so is the data on its disks (irreversibleChange)
      what to do: accept that with --accept-irreversible
      "
    `);
  });

  it('name the holder where one is in the way', async () => {
    await using lab = await startLab({ count: 4 });
    const id = await lab.start({ approvals: { before: 'rollout' } });
    const held = await typedIn(lab, ['scale-sets', 'restart', 'web', '--yes']);
    expect(held.code).toBe(8);
    expect(held.err).toContain(id);
    const none = await typedIn(lab, ['scale-sets', 'scale', 'web']);
    expect(none).toMatchObject({
      code: 2,
      err: 'error: say how many instances it is to have: --capacity COUNT\n',
    });
  });
});
