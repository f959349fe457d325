import { expect, it } from 'vitest';
import { REAL_WAYS } from '../../local/simulator/ways.ts';
import { expectSafe, writes } from '../lab/judge.ts';
import { NEW, startLab, WEB } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';

const PROFILE = 'virtualMachineProfile';
const PLATFORM = { publisher: 'Canonical', offer: '0001-com-ubuntu-server-jammy', sku: '22_04-lts-gen2' };
const TRUSTED = {
  securityType: 'TrustedLaunch',
  uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
};

const profileOf = (lab: Lab): Body =>
  (lab.sim.scaleSet('web') as Body).model.properties.virtualMachineProfile;

// Feature [Undo] A security type goes back as documents say: to Standard (Issue 12, kind 2)
//   shown by: takes trusted launch back to Standard, by command
it.each(['by command', 'after the end'] as const)(
  'takes trusted launch back to Standard, %s',
  async (way) => {
    await using lab = await startLab({ count: 5 });
    const spec = { change: { set: { [`${PROFILE}.securityProfile`]: TRUSTED } } };
    const planned = await lab.call('POST', '/plans', { scaleSet: WEB, ...spec });
    expect([planned.status, planned.body.class]).toEqual([200, 'reimage']);
    const told = planned.body.warnings.find(({ code }: Body) => code === 'rollbackSets');
    expect(told.message).toContain('securityType to "Standard"');

    if (way === 'by command') {
      const id = await lab.start(spec);
      await lab.until(id, (rollout) => rollout.batch === 2);
      expect(profileOf(lab).securityProfile).toEqual(TRUSTED);
      await lab.send(id, 'rollback');
      expect((await lab.toEnd(id)).phase).toBe('rolledBack');
    } else {
      const { id } = await lab.rollOut(spec);
      const undone = await lab.rollOut({ change: {}, rollbackOf: id });
      expect(undone).toMatchObject({ phase: 'succeeded' });
    }
    expect(profileOf(lab).securityProfile).toEqual({ securityType: 'Standard' });
    expectSafe(lab, { floor: 4, mostDisruptions: 2 });
  },
);

it('takes a licence back to None, which az calls none', async () => {
  await using lab = await startLab({ count: 5 });
  const { id } = await lab.rollOut({ change: { set: { [`${PROFILE}.licenseType`]: 'RHEL_BYOS' } } });
  expect((await lab.rollOut({ change: {}, rollbackOf: id })).phase).toBe('succeeded');
  expect(profileOf(lab).licenseType).toBe('None');
});

const AUTOMATIC = {
  count: 5,
  image: { ...PLATFORM, version: 'latest' },
  upgradePolicy: { mode: 'Manual' as const, automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } },
  profile: { automaticOsUpgradeTakesOnlyLatest: REAL_WAYS.automaticOsUpgradeTakesOnlyLatest },
};

// Feature [Undo] A set that takes only `latest` is told what no rollback gives back (Issue 12, kind 2)
it('begins no change that a set which takes only latest could not be rid of, unless that is accepted', async () => {
  await using lab = await startLab(AUTOMATIC);
  const spec = { scaleSet: WEB, change: { osProfile: { adminUsername: 'operator' } } };
  const refused = await lab.call('POST', '/plans', spec);
  expect([refused.status, refused.body.code]).toEqual([422, 'irreversibleChange']);
  expect(refused.body.detail).toContain('takes no exact version');
  expect((await lab.rollOut(spec)).phase).toBe('refused');
  expect(writes(lab.log)).toEqual([]);

  const accepted = { ...spec, strategy: { acceptIrreversible: true } };
  const { body } = await lab.call('POST', '/plans', accepted);
  expect(body.unrecoverable).toEqual([
    {
      path: `${PROFILE}.storageProfile.imageReference.version`,
      why: expect.stringContaining('no exact version'),
    },
  ]);
  const id = await lab.start(accepted);
  await lab.until(id, (rollout) => rollout.batch === 2);
  expect((await lab.call('GET', `/rollouts/${id}/rollback-plan`)).body.unrecoverable).toHaveLength(1);
  await lab.send(id, 'rollback');
  expect(await lab.toEnd(id)).toMatchObject({ phase: 'halted', failure: { code: 'irreversibleChange' } });
  // What can be put back is: the service would have refused a version in its place.
  expect(profileOf(lab).osProfile.adminUsername).not.toBe('operator');
  expect(profileOf(lab).storageProfile.imageReference.version).toBe('latest');
  expectSafe(lab, { floor: 4, mostDisruptions: 4 });
});

it('never makes a data disk smaller on the way back', async () => {
  const dataDisks = [{ lun: 0, createOption: 'Empty', diskSizeGB: 64 }];
  const imageReference = { ...PLATFORM, version: NEW };
  const osDisk = { osType: 'Linux', createOption: 'FromImage' };
  await using lab = await startLab({
    count: 5,
    vmProfile: { storageProfile: { imageReference, osDisk, dataDisks } },
  });
  const DISK = `${PROFILE}.storageProfile.dataDisks[0]`;
  const change = { set: { [`${DISK}.diskSizeGB`]: 128, [`${DISK}.caching`]: 'ReadOnly' } };
  expect((await lab.call('POST', '/plans', { scaleSet: WEB, change })).body.code).toBe('irreversibleChange');
  const { id } = await lab.rollOut({ change, strategy: { acceptIrreversible: true } });
  const undone = await lab.rollOut({ change: {}, rollbackOf: id });
  expect(undone).toMatchObject({ phase: 'halted', failure: { code: 'irreversibleChange' } });
  expect(profileOf(lab).storageProfile.dataDisks).toEqual([expect.objectContaining({ diskSizeGB: 128 })]);
  expect(profileOf(lab).storageProfile.dataDisks[0].caching).not.toBe('ReadOnly');
});
