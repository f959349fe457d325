import { expect } from 'vitest';
import { kept } from './kept.ts';
import { NEW, OLD } from './lab.ts';
import type { Lab } from './lab.ts';

export const DAY = 86_400_000;
export const QUICK = { health: { stableSeconds: 0 } };

export const to = (version: string, more: object = {}) => ({
  ...QUICK,
  change: { image: { version } },
  ...more,
});

/** There and back, so that the first is neither the newest nor what the newest left. */
export async function twoEnded(lab: Lab): Promise<{ readonly first: string; readonly second: string }> {
  const first = await lab.rollOut(to(NEW));
  // The list of the set lags behind what its last instance said of itself.
  await lab.host.advance(60_000);
  const second = await lab.rollOut(to(OLD));
  expect([first.phase, second.phase]).toEqual(['succeeded', 'succeeded']);
  await lab.host.runToEnd(second.id);
  return { first: first.id, second: second.id };
}

export const purge = (lab: Lab) => lab.host.fireTimer('purgeRollouts');

/** Names of all documents and blobs that speak of a rollout, but for its audit, which stays for ever. */
export async function remains(lab: Lab, id: string): Promise<readonly string[]> {
  const all = [...(await kept(lab.store))];
  return all
    .filter(([name, value]) => `${name} ${JSON.stringify(value)}`.includes(id))
    .map(([name]) => name)
    .filter((name) => !isAudit(name));
}

export const status = async (lab: Lab, id: string) => (await lab.call('GET', `/rollouts/${id}`)).status;

/** Purges, and the process dies at this call of the store; whoever asks meanwhile finds all of a rollout or nothing. */
export async function dieWhilePurging(lab: Lab, call: number, when: 'before' | 'after'): Promise<void> {
  const { first, second } = await twoEnded(lab);
  await lab.host.advance(91 * DAY);
  lab.store.fail({ call: lab.store.calls.length + call, when, forGood: true });
  await purge(lab).catch(() => undefined);
  lab.store.heal();
  const halfway = await lab.call('GET', `/rollouts/${first}/instances`);
  if (halfway.status === 200) expect(halfway.body.value).toHaveLength(2);
  else expect(halfway.status).toBe(404);
  await purge(lab);
  await purge(lab);
  expect(await remains(lab, first), `${when} call ${call}`).toEqual([]);
  expect(await status(lab, second)).toBe(200);
}

function isAudit(name: string): boolean {
  return /^(?:index|switches)\/audit\/|^rollouts\/[^/]+\/(?:chain$|z-audit-)/.test(name);
}
