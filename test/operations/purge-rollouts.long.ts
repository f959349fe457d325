import { expect, it } from 'vitest';
import { kept } from '../lab/kept.ts';
import { NEW, OLD, scaleSetId, startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';
import { DAY, dieWhilePurging, purge, QUICK, status, to, twoEnded } from '../lab/purge.ts';

async function callsOfAPurge(): Promise<number> {
  await using lab = await startLab({ count: 2 });
  await twoEnded(lab);
  await lab.host.advance(91 * DAY);
  const before = lab.store.calls.length;
  await purge(lab);
  return lab.store.calls.length - before;
}

// Feature [Retention] A purge that dies anywhere is completed by the next (Issue 12, kind 8)
it('goes on where it died, before and after every call of the store', async () => {
  const calls = await callsOfAPurge();
  expect(calls).toBeGreaterThan(10);
  for (let call = 1; call <= calls; call += 1) {
    for (const when of ['before', 'after'] as const) {
      await using lab = await startLab({ count: 2 });
      await dieWhilePurging(lab, call, when);
    }
  }
});

const SETS = ['web', 'api', 'quiet'];
/** Of the audit: the chains, and where each is listed. It outlives every purge. */
const OF_AUDIT = /\/(?:chain|z-audit-[^/]*)$|^switches\/audit|^index\/audit/;
const documentsOf = async (lab: Lab): Promise<number> =>
  [...(await kept(lab.store)).keys()].filter((name) => !OF_AUDIT.test(name)).length;

// Feature [Retention] In a year what must stay stays, and what is kept does not grow (Issue 12, kind 8)
it('keeps what must stay through a year, and no more of the rest than its ninety days', async () => {
  await using lab = await startLab({ scaleSets: SETS.map((name) => ({ name, count: 2 })) });
  const sizes: number[] = [];
  const started = new Map<string, string[]>(SETS.map((name) => [name, []]));
  const rollOut = async (name: string, version: string): Promise<void> => {
    const rollout = await lab.rollOut({ scaleSet: scaleSetId(name), ...to(version) });
    expect(rollout.phase).toBe('succeeded');
    started.get(name)?.push(rollout.id);
  };
  // Once, and never again: it is the newest of its set all the year.
  await rollOut('quiet', NEW);
  for (let week = 0; week < 52; week += 1) {
    for (const name of ['web', 'api']) await rollOut(name, week % 2 === 0 ? NEW : OLD);
    await lab.host.advance(7 * DAY);
    // As it runs beside the purge: what was to be told is on its way, or nobody wants it.
    await lab.host.fireTimer('deliverNotices');
    for (let looks = 0; looks < 3; looks += 1) await purge(lab);
    sizes.push(await documentsOf(lab));
  }
  for (const name of ['web', 'api']) {
    const ids = started.get(name) ?? [];
    const there = await Promise.all(ids.map((id) => status(lab, id)));
    // Thirteen weeks are ninety-one days; the first of them ended a little less than that ago, or a little more.
    const [young, old] = [ids.length - 12, ids.length - 14];
    expect(there.slice(young)).toEqual(there.slice(young).map(() => 200));
    expect(there.slice(0, old)).toEqual(there.slice(0, old).map(() => 404));
  }
  const [half, whole] = [Math.max(...sizes.slice(13, 26)), Math.max(...sizes.slice(39))];
  expect(whole).toBeLessThanOrEqual(half);

  const [quiet = ''] = started.get('quiet') ?? [];
  expect(await status(lab, quiet)).toBe(200);
  const undo = await lab.rollOut({ ...QUICK, scaleSet: scaleSetId('quiet'), change: {}, rollbackOf: quiet });
  expect(undo.phase).toBe('succeeded');
  const newest = started.get('web')?.at(-1) ?? '';
  const undone = await lab.rollOut({ ...QUICK, scaleSet: scaleSetId('web'), change: {}, rollbackOf: newest });
  expect(undone.phase).toBe('succeeded');
  for (const [name, image] of [
    ['web', NEW],
    ['quiet', OLD],
  ] as const) {
    expect(JSON.stringify(lab.sim.scaleSet(name)?.model)).toContain(`"version":"${image}"`);
  }
});
