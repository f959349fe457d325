import { describe, expect, it } from 'vitest';
import { terminalOf } from '../../cli/terminal.ts';
import { typedIn } from '../docs/transcript.ts';
import { startLab, type Lab } from '../lab/lab.ts';
import { aRollout, SCALE_SET } from './rollouts.ts';
import { runAgainst } from './run.ts';
import { ok } from './scripted-app.ts';

/** With the terminal's commands as they can be read. */
function shown(text: string): string {
  return text.replaceAll('\u001B', '<esc>');
}

/** What stood on the screen, one picture after another. */
function pictures(err: string): readonly string[] {
  return shown(err)
    .split(/<esc>\[\d+A<esc>\[0J/)
    .filter((picture, index, all) => picture !== all[index - 1]);
}

async function watched(
  lab: Lab,
  columns: number,
  { colour = false, spec = {} }: { readonly colour?: boolean; readonly spec?: object } = {},
): Promise<readonly string[]> {
  const id = await lab.start({ ...spec });
  const terminal = { columns, rows: 30, colour };
  const { err } = await typedIn(lab, ['watch', id, '-o', 'none'], { terminal });
  return pictures(err);
}

describe('the live view', () => {
  // Feature [For a bad night] A live view with bar, time left, a row for each batch and a heat map of all instances (CLI)
  it('shows a bar, the time left, a row for each batch and a block for each instance', async () => {
    await using lab = await startLab({ count: 6 });
    const all = await watched(lab, 80);
    const middle = all.find((picture) => picture.includes('batch 3/5') && picture.includes('…'));
    expect(middle).toMatchInlineSnapshot(`
      "web  ██████░░░░░ 3/6  batch 3/5  6:40, about 6 min left
          Azure is upgrading instance 2
        ud 0  ■■
        ud 1  ■
        ud 2  ▶
        ud 3  □
        ud 4  □
        □ not begun   ▶ under way   ■ done   
        ✓ update domain 0    2/2 healthy  0, 5  2:57
        ✓ update domain 1    1/1 healthy  1  3:23
        ▶ update domain 2    0/1 healthy  2…  0:07
        · update domain 3    pending  3
        · update domain 4    pending  4
      "
    `);
    expect(all.at(-1)).toMatchInlineSnapshot(`
      "web  succeeded  ███████████ 6/6  15:28
        ud 0  ■■
        ud 1  ■
        ud 2  ■
        ud 3  ■
        ud 4  ■
        ■ done   
        ✓ update domain 0    2/2 healthy  0, 5  2:57
        ✓ update domain 1    1/1 healthy  1  3:23
        ✓ update domain 2    1/1 healthy  2  3:11
        ✓ update domain 3    1/1 healthy  3  2:32
        ✓ update domain 4    1/1 healthy  4  3:12
      "
    `);
    for (const line of all.flatMap((picture) => picture.split('\n'))) expect(line.length).toBeLessThan(80);
  });

  it('takes the room of 120 columns, and colours where they are taken', async () => {
    await using lab = await startLab({ count: 6 });
    const all = await watched(lab, 120, { colour: true });
    const middle = all.find((picture) => picture.includes('batch 3/5') && picture.includes('…'));
    expect(middle).toMatchInlineSnapshot(`
      "<esc>[1mweb  <esc>[0m<esc>[32m██████<esc>[0m<esc>[2m░░░░░<esc>[0m 3/6  batch 3/5  6:40, about 6 min left
          Azure is upgrading instance 2
        ud 0  <esc>[32m■<esc>[0m<esc>[32m■<esc>[0m
        ud 1  <esc>[32m■<esc>[0m
        ud 2  <esc>[33m▶<esc>[0m
        ud 3  <esc>[2m□<esc>[0m
        ud 4  <esc>[2m□<esc>[0m
        <esc>[2m□<esc>[0m<esc>[2m not begun   <esc>[0m<esc>[33m▶<esc>[0m<esc>[2m under way   <esc>[0m<esc>[32m■<esc>[0m<esc>[2m done   <esc>[0m
      <esc>[32m  ✓ <esc>[0mupdate domain 0    2/2 healthy  0, 5  2:57
      <esc>[32m  ✓ <esc>[0mupdate domain 1    1/1 healthy  1  3:23
      <esc>[33m  ▶ <esc>[0mupdate domain 2    0/1 healthy  2<esc>[33m…<esc>[0m  0:07
      <esc>[2m  · <esc>[0m<esc>[2mupdate domain 3    <esc>[0m<esc>[2mpending  3<esc>[0m
      <esc>[2m  · <esc>[0m<esc>[2mupdate domain 4    <esc>[0m<esc>[2mpending  4<esc>[0m
      "
    `);
  });

  it('shows which instances failed, and how they are', async () => {
    await using lab = await startLab({
      count: 6,
      faults: [{ kind: 'sickInstance', instances: ['2'] }],
    });
    // It ends there: nobody has to look on while it is rolled back.
    const spec = { onFailure: 'halt', health: { timeoutSeconds: 60 }, targets: { instances: ['2', '3'] } };
    const all = await watched(lab, 100, { spec });
    expect(all.find((picture) => picture.includes('✗'))).toMatchInlineSnapshot(`
      "web  halted  ░░░░░░░░░░░ 0/2  3:43
        ud 2  ✗
        ud 3  □
        □ not begun   ✗ failed   
        ✗ update domain 2    0/1 healthy  2✗ unhealthy  3:33
        · update domain 3    pending  3
      "
    `);
  });

  it('finds its begin again when the terminal became narrower', async () => {
    const terminal = { columns: 100, rows: 20, colour: false };
    const batches = [{ index: 0, name: 'update domain 0', phase: 'upgrading', instances: ['0', '2'] }];
    const long = aRollout({ phase: 'upgrading', batch: 0, batches });
    let paints = 0;
    const err = (
      await runAgainst(
        { 'GET /api/rollouts/20261120-100000-0000a001': [ok(long)] },
        ['watch', '20261120-100000-0000a001', '--timeout', '3'],
        {
          get terminal() {
            return {
              get columns() {
                return (paints += 1) > 8 ? 20 : 100;
              },
              rows: terminal.rows,
              colour: false,
            };
          },
        },
      )
    ).err;
    const jumps = [...shown(err).matchAll(/<esc>\[(\d+)A/g)].map(([, rows]) => Number(rows));
    expect(Math.max(...jumps)).toBeGreaterThan(Math.min(...jumps));
  });

  it.each([
    ['a terminal', { isTTY: true, columns: 80, rows: 24 }, {}, { columns: 80, rows: 24, colour: true }],
    [
      'one that says nothing of itself',
      { isTTY: true, columns: 0, rows: 0 },
      {},
      { columns: 80, rows: 24, colour: true },
    ],
    [
      'NO_COLOR',
      { isTTY: true, columns: 80, rows: 24 },
      { NO_COLOR: '1' },
      { columns: 80, rows: 24, colour: false },
    ],
    [
      'an empty NO_COLOR',
      { isTTY: true, columns: 80, rows: 24 },
      { NO_COLOR: '' },
      { columns: 80, rows: 24, colour: true },
    ],
    ['TERM=dumb', { isTTY: true, columns: 80, rows: 24 }, { TERM: 'dumb' }, undefined],
    ['a pipe', { isTTY: false, columns: 80, rows: 24 }, {}, undefined],
  ] as const)('%s', (_, stream, env, terminal) => {
    expect(terminalOf(stream as never, env)).toEqual(terminal);
  });
});

describe('names of others', () => {
  // Feature [For a bad night] Hostile names are shown as text in the live view (CLI)
  it('move nothing on the screen', async () => {
    const name = 'we\u001B[2J\u202Eb';
    const rollout = aRollout({
      scaleSet: `${SCALE_SET}/${name}`,
      phase: 'waiting',
      waitingFor: { kind: 'approval', message: 'a\nb\u001B[H' },
      batches: [{ index: 0, name: 'x\u0007\u2066', phase: 'waiting', instances: ['0\r'] }],
    });
    const script = { 'GET /api/rollouts/20261120-100000-0000a001': [ok(rollout)] };
    const argv = ['watch', '20261120-100000-0000a001', '--timeout', '1', '-o', 'none'];
    for (const terminal of [undefined, { columns: 100, rows: 24, colour: false }]) {
      const { err } = await runAgainst(script, argv, terminal === undefined ? {} : { terminal });
      const text = shown(err).replaceAll(/<esc>\[\d+A<esc>\[0J/g, '');
      for (const sign of ['<esc>', '\u0007', '\r', '\u202E', '\u2066']) expect(text).not.toContain(sign);
      expect(err).toContain(terminal === undefined ? 'a b\\u001b[H' : 'we\\u001b[2J\\u202eb');
    }
  });
});
