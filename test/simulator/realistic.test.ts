import { describe, expect, it } from 'vitest';
import { parseFault } from '../../local/simulator/faults/schema.ts';
import { imagesNow, modelNow } from '../../local/simulator/log/judge.ts';
import { PROFILES } from '../../local/simulator/profile.ts';
import { GROUP, NEW, serveLab, startLab, type Lab } from './lab.ts';

const real = PROFILES.default;

/** Everything that somebody with the SDK sees of an upgrade of all instances, in order. */
async function upgradeAll(lab: Lab): Promise<string[]> {
  await using http = await serveLab(lab);
  const { virtualMachineScaleSets: sets, virtualMachineScaleSetVMs: vms } = http.client;
  const seen: string[] = [];
  const look = async (): Promise<void> => {
    const set = await sets.get(GROUP, 'web');
    const ids: string[] = [];
    for await (const { instanceId = '?', hardwareProfile } of vms.list(GROUP, 'web'))
      ids.push(`${instanceId} ${hardwareProfile?.vmSize}`);
    seen.push([set.id, set.name, set.provisioningState, ...ids].join(' '));
    lab.pass(7);
  };
  const image = { version: NEW };
  const write = sets.update(GROUP, 'web', {
    virtualMachineProfile: { storageProfile: { imageReference: image } },
  });
  await write.submitted();
  for (let round = 0; round < 10; round += 1) await look();
  for (const instanceIds of [['0', '1'], ['2', '3'], ['4']]) {
    const upgrade = sets.updateInstances(GROUP, 'web', { instanceIds });
    await upgrade.submitted();
    for (let round = 0; round < 40; round += 1) await look();
  }
  return seen;
}

describe('the default profile', () => {
  it('carries an upgrade through, and shows on the way what real services show', async () => {
    const lab = startLab({ profile: real, seed: 3 });
    const seen = await upgradeAll(lab);
    expect(new Set(Object.values(imagesNow(lab.sim.log)))).toEqual(new Set([NEW]));
    expect(modelNow(lab.sim.log)?.image['version']).toBe(NEW);
    expect(lab.serving()).toBe(5);
    const whole = seen.filter((line) => /0 .*1 .*2 .*3 .*4 /.test(line)).length;
    expect(whole).toBeGreaterThan(seen.length * 0.7);
    expect(whole).toBeLessThan(seen.length);
    expect(seen.some((line) => line.includes(' Updating '))).toBe(true);
    expect(seen.some((line) => line.includes('/resourceGroups/rollout/'))).toBe(true);
    expect(seen.some((line) => !line.includes('/resourceGroups/rollout/'))).toBe(true);
    expect(seen.some((line) => line.includes('standard_d2s_v5'))).toBe(true);
  });

  it('shows the same for the same seed, and other things for another', async () => {
    const shown = async (seed: number): Promise<string[]> => upgradeAll(startLab({ profile: real, seed }));
    const first = await shown(5);
    expect(await shown(5)).toEqual(first);
    expect(await shown(6)).not.toEqual(first);
  });

  it('shows nothing of it in the quiet profile', async () => {
    const lab = startLab({ profile: PROFILES.quiet, seed: 3 });
    const seen = await upgradeAll(lab);
    expect(seen.every((line) => /0 .*1 .*2 .*3 .*4 /.test(line))).toBe(true);
    expect(seen.every((line) => line.includes('/resourceGroups/rollout/'))).toBe(true);
    expect(seen.at(-1)).toContain('Standard_D2s_v5');
  });

  it('takes every fault as it does otherwise', async () => {
    const lab = startLab({
      profile: real,
      faults: [parseFault({ kind: 'accessDenied', operation: 'patch', why: 'policy' })],
    });
    expect((await lab.patch({ tags: { a: 1 } })).body.error.code).toBe('RequestDisallowedByPolicy');
    expect((await lab.patch({ tags: { a: 1 } })).body.tags).toEqual({ a: '1' });
  });
});
