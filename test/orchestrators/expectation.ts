import { expect } from 'vitest';
import { startLab, WEB } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';
import type { Shape } from './shapes.ts';

interface Cost {
  readonly seconds: number;
  readonly armRequests: number;
}

/** To its end; every gate is opened as soon as it stands, so that nobody waits for people. */
async function throughGates(lab: Lab, id: string): Promise<Body> {
  for (;;) {
    const rollout = await lab.until(id, (now) => now.endedAt !== null || now.waitingFor?.kind === 'approval');
    if (rollout.endedAt !== null) return rollout;
    await lab.send(id, 'approve');
    await lab.until(id, (now) => now.waitingFor?.kind !== 'approval');
  }
}

/** What the plan said beforehand, and what the rollout then took, by the clock and by the service's own log. */
export async function measure({ set, spec, prepare }: Shape, seed: number) {
  await using lab = await startLab({ seed, ...set });
  const body = { scaleSet: WEB, ...spec, ...(await prepare?.(lab)) };
  const { status, body: plan } = await lab.call('POST', '/plans', body);
  expect(status, JSON.stringify(plan)).toBe(200);
  const asked = lab.log.length;
  const id = await lab.start(body);
  const rollout = await throughGates(lab, id);
  expect(rollout.phase, JSON.stringify(rollout.failure)).toBe('succeeded');
  const sent = lab.log.slice(asked).filter((entry) => entry.kind === 'request');
  const seconds = (Date.parse(rollout.endedAt) - Date.parse(rollout.createdAt)) / 1000;
  const took: Cost = { seconds, armRequests: sent.length };
  return { expected: plan.expected as Cost, took, batches: plan.batches.length };
}

export function expectWithinTwo({ expected, took }: { readonly expected: Cost; readonly took: Cost }): void {
  for (const kind of ['seconds', 'armRequests'] as const) {
    const ratio = expected[kind] / took[kind];
    expect({ kind, ratio, isWithinTwo: ratio >= 0.5 && ratio <= 2 }).toMatchObject({ isWithinTwo: true });
  }
}
