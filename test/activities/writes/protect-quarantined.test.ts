import { describe, expect, it } from 'vitest';
import { settleBatch } from '../../../src/activities/steps/settle-batch.ts';
import type { Desk } from '../../lab/desk.ts';
import { writes } from '../../lab/judge.ts';
import { changeRecord, loseLease, onceIntended } from '../support/interference.ts';
import { askedForQuarantine } from '../support/scenes.ts';

function protections(desk: Desk): number {
  return writes(desk.sim.log).filter(({ operation }) => operation === 'putInstance').length;
}

describe('the protection of a quarantined instance', () => {
  it('is written although the rollout is paused', async () => {
    const desk = await askedForQuarantine();
    await desk.run(settleBatch, 0, 'forward');
    expect(protections(desk)).toBe(1);
  });

  it('is written once when the step is delivered twice, at once and again', async () => {
    const desk = await askedForQuarantine();
    const twice = () =>
      Promise.allSettled([desk.run(settleBatch, 0, 'forward'), desk.run(settleBatch, 0, 'forward')]);
    await twice();
    await twice();
    desk.pass(20);
    await twice();
    expect(protections(desk)).toBe(1);
  });

  it('is not written when the lease is lost before, or in the last moment', async () => {
    const before = await askedForQuarantine();
    await loseLease(before);
    expect(await before.run(settleBatch, 0, 'forward')).toEqual({ kind: 'redirected', direction: 'stop' });
    expect(protections(before)).toBe(0);
    const late = await askedForQuarantine();
    onceIntended(late, () => loseLease(late));
    await late.run(settleBatch, 0, 'forward');
    expect(protections(late)).toBe(0);
  });

  it('is not written by a run that another one has overtaken', async () => {
    const desk = await askedForQuarantine();
    onceIntended(desk, () => changeRecord(desk, {}));
    await expect(desk.run(settleBatch, 0, 'forward')).rejects.toThrow(/somebody else/);
    expect(protections(desk)).toBe(0);
  });
});
