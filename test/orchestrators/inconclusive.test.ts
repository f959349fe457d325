import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import { acceptedUpgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { acceptedUpgrades, expectImages, expectSafe, modelImage } from '../lab/judge.ts';
import { NEW, OLD, startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';

/** Instance 0 boots the new image, and from then on nobody can tell how it is. */
const UNCLEAR: FaultInput = { kind: 'badImage', version: NEW, instances: ['0'], effect: 'unknown' };
/** The same, but it passes. */
const passing = (untilSeconds: number): FaultInput => ({
  kind: 'sickInstance',
  instances: ['0'],
  effect: 'unknown',
  fromSeconds: 30,
  untilSeconds,
});

async function pausedBy(lab: Lab, spec: Record<string, unknown> = {}): Promise<string> {
  const id = await lab.start(spec);
  const paused = await lab.until(id, 'paused');
  expect(paused.failure).toMatchObject({ code: 'healthInconclusive', instances: ['0'] });
  return id;
}

describe('health that nobody can tell', () => {
  // Feature [Health] Health that nobody can tell pauses, whatever `onFailure` says (Health, E39)
  //   shown by: health that nobody can tell > pauses, although the spec says rollback
  it.each(['rollback', 'halt', 'pause'])('pauses, although the spec says %s', async (onFailure) => {
    await using lab = await startLab({ faults: [UNCLEAR] });
    const id = await pausedBy(lab, { onFailure });
    await lab.host.advance(2 * 3600_000);
    const paused = await lab.get(id);
    expect(paused).toMatchObject({ phase: 'paused', waitingFor: { kind: 'resume' } });
    for (const command of ['resume', 'retry', 'skip', 'rollback']) {
      expect(paused.next).toContainEqual(expect.objectContaining({ command }));
      expect(paused.failure.remedy).toContain(command === 'rollback' ? 'roll back' : command);
    }
    expect(acceptedUpgrades(lab.log)).toEqual([['0', '5', '10']]);
    expect(modelImage(lab)).toBe(NEW);
    expectSafe(lab);
  });

  // Feature [Health] A binary signal is never inconclusive (Health)
  it('is a failure where the signal knows no more than healthy and unhealthy', async () => {
    await using lab = await startLab({ healthExtensionVersion: '1.0', faults: [UNCLEAR] });
    const rollout = await lab.rollOut();
    expect(rollout).toMatchObject({ phase: 'rolledBack', failure: { code: 'unhealthyAfterUpgrade' } });
  });

  it('does not hide a failure that is certain', async () => {
    const bad: FaultInput = { kind: 'badImage', version: NEW, instances: ['5'] };
    await using lab = await startLab({ faults: [UNCLEAR, bad] });
    const rollout = await lab.rollOut();
    expect(rollout.phase).toBe('rolledBack');
    expect(rollout.failure.causes).toContainEqual(
      expect.objectContaining({ code: 'unhealthyAfterUpgrade', instances: ['5'] }),
    );
    expectImages(lab, OLD);
  });

  it('is seen while sliding, too', async () => {
    await using lab = await startLab({ faults: [passing(4000)] });
    const id = await pausedBy(lab, { strategy: { pacing: 'sliding' } });
    await lab.host.advance(3600_000);
    await lab.send(id, 'resume');
    expect(await lab.toEnd(id)).toMatchObject({ phase: 'succeeded', instances: { upgraded: 15 } });
    expectImages(lab, NEW);
    expectSafe(lab);
  });
});

describe('after such a pause', () => {
  // Feature [Health] Health that nobody can tell pauses (Health, E39)
  it('resume looks again, and goes on without a second upgrade when it can tell now', async () => {
    await using lab = await startLab({ faults: [passing(4000)] });
    const id = await pausedBy(lab);
    await lab.host.advance(3600_000);
    await lab.send(id, 'resume');
    const ended = await lab.toEnd(id);
    expect(ended).toMatchObject({ phase: 'succeeded', instances: { upgraded: 15, failed: 0 } });
    expect(ended.failure).toBeUndefined();
    expect(ended.batches[0].phase).toBe('succeeded');
    expectImages(lab, NEW);
    expectSafe(lab);
    expect(Object.values(acceptedUpgradesPerInstance(lab.log))).toEqual(Array.from({ length: 15 }, () => 1));
  });

  it('resume pauses again when nobody can tell still', async () => {
    await using lab = await startLab({ faults: [UNCLEAR] });
    const id = await pausedBy(lab);
    await lab.send(id, 'resume');
    await lab.until(id, ({ phase }) => phase !== 'paused');
    expect((await lab.until(id, 'paused')).failure.code).toBe('healthInconclusive');
    expect(acceptedUpgrades(lab.log)).toHaveLength(1);
  });

  it('skip leaves the instance out, and resume goes on with the others', async () => {
    await using lab = await startLab({ faults: [UNCLEAR] });
    const id = await pausedBy(lab);
    await lab.send(id, 'skip', { instances: ['0'] });
    await lab.send(id, 'resume');
    expect(await lab.toEnd(id)).toMatchObject({
      phase: 'succeeded',
      instances: { upgraded: 14, skipped: 1, failed: 0 },
    });
    expectSafe(lab);
  });

  it('retry upgrades the instance once more', async () => {
    await using lab = await startLab({ faults: [passing(4000)] });
    const id = await pausedBy(lab);
    await lab.host.advance(3600_000);
    await lab.send(id, 'retry');
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
    expect(acceptedUpgrades(lab.log).filter((ids) => ids.includes('0'))).toEqual([['0', '5', '10'], ['0']]);
  });

  it('rollback takes everything back', async () => {
    await using lab = await startLab({ faults: [UNCLEAR] });
    const id = await pausedBy(lab);
    await lab.send(id, 'rollback');
    expect((await lab.toEnd(id)).phase).toBe('rolledBack');
    expectImages(lab, OLD);
    expectSafe(lab, { mostDisruptions: 2 });
  });
});

it('pauses when it comes while the batch soaks, and soaks anew after that', async () => {
  const later: FaultInput = {
    kind: 'sickInstance',
    instances: ['0'],
    effect: 'unknown',
    fromSeconds: 600,
    untilSeconds: 9000,
  };
  await using lab = await startLab({ faults: [later] });
  const id = await pausedBy(lab, { soakSeconds: 1800 });
  await lab.host.advance(9000_000);
  await lab.send(id, 'resume');
  const soaking = await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'soak');
  expect(Date.parse(soaking.waitingFor.until)).toBeGreaterThan(lab.host.clock.now() + 1700_000);
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
  expectSafe(lab);
});

it('ends on the way back, too, and says that nobody can tell', async () => {
  const faults: FaultInput[] = [
    { kind: 'badImage', version: NEW, updateDomains: [1] },
    { kind: 'sickInstance', instances: ['5'], effect: 'unknown', fromSeconds: 900 },
  ];
  await using lab = await startLab({ faults });
  const rollout = await lab.rollOut();
  expect(rollout).toMatchObject({
    phase: 'failed',
    failure: { code: 'healthInconclusive', instances: ['5'] },
  });
  expectImages(lab, OLD);
  expect(lab.host.clock.now() - Date.parse(rollout.createdAt)).toBeLessThan(3 * 3600_000);
});
