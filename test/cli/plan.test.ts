import { describe, expect, it } from 'vitest';
import { typedIn } from '../docs/transcript.ts';
import { startLab, WEB } from '../lab/lab.ts';

const LATEST = ['--scale-set', 'web', '--image-version', 'latest'];
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
      '--wait',
      '-o',
      'none',
    ]);
    expect(grown.code, grown.err).toBe(0);
    expect((await typedIn(lab, ['scale-sets', 'show', 'web', '--query', 'capacity'])).out).toBe('6\n');
  });

  it('ask at a terminal, and name the holder where one is in the way', async () => {
    await using lab = await startLab({ count: 4 });
    const no = await typedIn(lab, ['scale-sets', 'restart', 'web'], { ask: async () => 'n' });
    expect({ code: no.code, err: no.err }).toEqual({ code: 1, err: 'nothing was sent\n' });
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
