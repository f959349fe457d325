import { describe, expect, it } from 'vitest';
import { restoreGuards } from '../../../src/activities/steps/restore-guards.ts';
import type { Desk } from '../../lab/desk.ts';
import { policyOf } from '../../lab/judge.ts';
import { WEB } from '../../lab/names.ts';
import { command, LATE, loseLease, onceIntended } from '../support/interference.ts';
import { allUpgraded } from '../support/scenes.ts';

async function changeModel({ sim }: Desk): Promise<void> {
  const body = JSON.stringify({ properties: { overprovision: true } });
  const headers = { 'content-type': 'application/json' };
  const url = `http://127.0.0.1${WEB}?api-version=2026-04-01`;
  expect((await sim.fetch(new Request(url, { method: 'PATCH', body, headers }))).status).toBe(200);
}

it('gives the policy back by one write once nothing forbids it', async () => {
  const desk = await allUpgraded();
  const before = desk.writes();
  expect(await desk.until(restoreGuards, 0, 'forward')).toEqual({ kind: 'done' });
  expect(desk.writes()).toBe(before + 1);
  expect(policyOf(desk)).toBe('Automatic');
});

describe('the policy stays held', () => {
  const EARLY: Readonly<Record<string, (desk: Desk) => Promise<void>>> = {
    'while the rollout is paused': (desk) => command(desk, 'pause'),
    'after an abort, until that is dealt with': (desk) => command(desk, 'abort'),
    'after a rollback was asked for': (desk) => command(desk, 'rollback'),
    'when the lease is lost': loseLease,
    'when somebody else has changed the model': async (desk) => {
      await changeModel(desk);
      desk.pass(60);
    },
  };

  it.each(Object.entries(EARLY))('%s', async (_, hinder) => {
    const desk = await allUpgraded();
    await hinder(desk);
    const before = desk.writes();
    await desk.run(restoreGuards, 0, 'forward');
    expect(desk.writes()).toBe(before);
    expect(policyOf(desk)).toBe('Manual');
  });

  it.each(Object.entries(LATE))('when %s comes in the last moment', async (_, hinder) => {
    const desk = await allUpgraded();
    const isLate = onceIntended(desk, () => hinder(desk));
    const before = desk.writes();
    await desk.run(restoreGuards, 0, 'forward').catch(() => undefined);
    expect(isLate()).toBe(true);
    expect(desk.writes()).toBe(before);
    expect(policyOf(desk)).toBe('Manual');
  });

  it('while an instance is not on the model', async () => {
    const desk = await allUpgraded([0, 1, 2, 3]);
    const before = desk.writes();
    expect(await desk.until(restoreGuards, 0, 'stop')).toEqual({ kind: 'done' });
    expect(desk.writes()).toBe(before);
    expect(policyOf(desk)).toBe('Manual');
  });
});

it('is asked for once where the step is delivered twice at once', async () => {
  const desk = await allUpgraded();
  const before = desk.writes();
  const twice = [desk.run(restoreGuards, 0, 'forward'), desk.run(restoreGuards, 0, 'forward')];
  await Promise.allSettled(twice);
  expect(desk.writes()).toBe(before + 1);
});
