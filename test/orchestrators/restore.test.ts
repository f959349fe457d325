import { expect, it } from 'vitest';
import { expectImages } from '../lab/judge.ts';
import { NEW, OLD, startLab } from '../lab/lab.ts';
import type { Body } from '../lab/lab.ts';

it('puts back a property that had no parent before', async () => {
  await using lab = await startLab({
    faults: [{ kind: 'badImage', version: NEW, updateDomains: [0] }],
    tags: { team: 'shop', cost: '42' },
  });
  const before = lab.sim.scaleSet('web')?.model as Body;
  const set = {
    'tags.team': 'other',
    'virtualMachineProfile.diagnosticsProfile': {
      bootDiagnostics: { enabled: true, storageUri: 'https://x.example' },
    },
  };
  const rollout = await lab.rollOut({ change: { image: { version: NEW }, set } });
  expect(rollout.phase).toBe('rolledBack');
  const now = lab.sim.scaleSet('web')?.model as Body;
  expect(now.tags).toEqual({ team: 'shop', cost: '42' });
  expect(now.properties.virtualMachineProfile.diagnosticsProfile).toEqual(
    before.properties.virtualMachineProfile.diagnosticsProfile,
  );
  expectImages(lab, OLD);
});
