import { expect, it } from 'vitest';
import { REAL_WAYS } from '../../local/simulator/ways.ts';
import { writes } from '../lab/judge.ts';
import { NEW, scaleSetId, startLab, WEB } from '../lab/lab.ts';
import type { Body, Lab } from '../lab/lab.ts';

const PROFILE = 'virtualMachineProfile';
const HEALTH = { stableSeconds: 1, timeoutSeconds: 900 };

const modelOf = (lab: Lab): Body => lab.sim.scaleSet('web')?.model as Body;
const planOf = (lab: Lab, change: object, more: object = {}) =>
  lab.call('POST', '/plans', { scaleSet: WEB, change, health: HEALTH, ...more });

// Feature [Change] Tag values are sent as text (Issue 12, case 12)
it('sends the value of a tag as text', async () => {
  await using lab = await startLab({ count: 0, tags: {}, profile: { tagValuesBecomeText: false } });
  const change = { set: { 'tags.build': 1234, 'tags.live': true } };
  expect((await planOf(lab, change)).body.delta).toEqual([
    { path: 'tags.build', before: null, after: '1234', class: 'none' },
    { path: 'tags.live', before: null, after: 'true', class: 'none' },
  ]);
  expect((await lab.rollOut({ change })).phase).toBe('succeeded');
  expect(modelOf(lab).tags).toEqual({ build: '1234', live: 'true' });
});

// Feature [Change] A tag whose name has periods is planned, written and undone (Issue 12, case 13)
it('writes a tag whose name has periods, and takes it away again', async () => {
  await using lab = await startLab({ count: 0, tags: { k8s: 'yes' }, profile: REAL_WAYS });
  const rollout = await lab.rollOut({ change: { set: { 'tags.k8s.io_x': 'on' } } });
  expect(rollout.phase).toBe('succeeded');
  expect(modelOf(lab).tags).toEqual({ k8s: 'yes', 'k8s.io_x': 'on' });
  expect((await lab.rollOut({ change: {}, rollbackOf: rollout.id })).phase).toBe('succeeded');
  expect(modelOf(lab).tags).toEqual({ k8s: 'yes' });
});

// Feature [Change] What a shell makes of a value, and az of a name, is written as the service has it (Issue 12, kind 3)
//   shown by: is written as the service has it, and seen there: a boolean as text
it.each([
  [
    'a boolean as text',
    `${PROFILE}.diagnosticsProfile.bootDiagnostics.enabled`,
    'True',
    { diagnosticsProfile: { bootDiagnostics: { enabled: true } } },
  ],
  [
    'a number as text',
    `${PROFILE}.storageProfile.osDisk.diskSizeGB`,
    '64',
    { storageProfile: { osDisk: { diskSizeGB: 64 } } },
  ],
  ['a name as az has it', `${PROFILE}.license_type`, 'RHEL_BYOS', { licenseType: 'RHEL_BYOS' }],
  ['a name in capitals', `${PROFILE}.LicenseType`, 'RHEL_BYOS', { licenseType: 'RHEL_BYOS' }],
])('is written as the service has it, and seen there: %s', async (_, path, value, shown) => {
  await using lab = await startLab({ count: 3, profile: REAL_WAYS });
  const rollout = await lab.rollOut({ change: { set: { [path]: value } } });
  expect(rollout.phase).toBe('succeeded');
  expect(modelOf(lab).properties.virtualMachineProfile).toMatchObject(shown);
});

// Feature [Specs] A group named in any script is read, planned and rolled out (Issue 12, case 14)
it('rolls out a set in a group that is named in another script', async () => {
  await using lab = await startLab({ count: 5, resourceGroup: 'Büro-größe' });
  const scaleSet = WEB.replace('/rollout/', '/Büro-größe/');
  const planned = await lab.call('POST', '/plans', { scaleSet, change: { image: { version: 'latest' } } });
  expect([planned.status, planned.body.delta?.[0]?.after]).toEqual([200, NEW]);
  const path = `/scale-sets/${scaleSet.split('/')[2]}/${encodeURIComponent('Büro-größe')}/web`;
  expect((await lab.call('GET', path)).status).toBe(200);
  const rollout = await lab.rollOut({ scaleSet });
  expect(rollout).toMatchObject({ phase: 'succeeded', scaleSet });
  expect(lab.sim.scaleSet('web')?.instances.every(({ image }) => image === NEW)).toBe(true);
});

// Feature [Refusals and plans] User data: refused in true words, with a remedy that there is (Issue 12, case 16)
it('refuses user data in words that are true', async () => {
  await using lab = await startLab({ count: 5 });
  for (const change of [
    { set: { [`${PROFILE}.userData`]: 'aGVsbG8=' } },
    { set: { [`${PROFILE}.user_data`]: 'aGVsbG8=' } },
    { add: [{ path: `${PROFILE}.userData`, value: 'aGVsbG8=' }] },
    { remove: [`${PROFILE}.userData`] },
  ]) {
    const { status, body } = await planOf(lab, change);
    const told = JSON.stringify(body);
    expect(status).toBe(422);
    expect(told).not.toContain('never read');
    expect(told).not.toContain('aGVsbG8=');
    if (!('remove' in change)) {
      expect(body).toMatchObject({
        code: 'irreversibleChange',
        detail: expect.stringContaining('$expand=userData'),
      });
      expect(body.remedy).toContain('az vmss update --user-data');
      expect(body.remedy).not.toMatch(/osProfile|extensions/);
    }
  }
  const started = await lab.call('POST', '/rollouts', {
    scaleSet: WEB,
    change: { set: { [`${PROFILE}.userData`]: 'aGVsbG8=' } },
  });
  expect(started.status).toBe(422);
  expect(writes(lab.log)).toEqual([]);
});

it('keeps no secret of a list of additions either', async () => {
  await using lab = await startLab({ count: 5 });
  const change = { add: [{ path: `${PROFILE}.osProfile.customData`, value: 'SECRETSECRET' }] };
  const { status, body } = await lab.call('POST', '/rollouts', { scaleSet: WEB, change });
  expect([status, body.code]).toEqual([422, 'irreversibleChange']);
  expect(JSON.stringify(await lab.call('GET', '/rollouts'))).not.toContain('SECRETSECRET');
});

// By hand, from the specification of 2026-04-01 and `az vmss update --set`.
const ABSENT: readonly (readonly [path: string, value: unknown, at: string])[] = [
  ['additionalCapabilities.ultraSSDEnabled', true, 'additionalCapabilities'],
  ['additionalCapabilities.hibernationEnabled', true, 'additionalCapabilities'],
  ['resiliencyPolicy.resilientVMCreationPolicy.enabled', true, 'resiliencyPolicy'],
  ['resiliencyPolicy.automaticZoneRebalancingPolicy.enabled', true, 'resiliencyPolicy'],
  ['scaleInPolicy.forceDeletion', true, 'scaleInPolicy'],
  ['spotRestorePolicy.enabled', true, 'spotRestorePolicy'],
  ['automaticRepairsPolicy.gracePeriod', 'PT30M', 'automaticRepairsPolicy'],
  ['scheduledEventsPolicy.userInitiatedReboot.automaticallyApprove', true, 'scheduledEventsPolicy'],
];

// Feature [Change] Objects of the model that are not there are made as az makes them (Issue 12, case 17)
//   shown by: makes what is absent on the way to additionalCapabilities.ultraSSDEnabled, and takes it away again
it.each(ABSENT)('makes what is absent on the way to %s, and takes it away again', async (path, value, at) => {
  await using lab = await startLab({ count: 5, healthExtension: true });
  const before = structuredClone(modelOf(lab).properties[at]);
  expect(before).toBeUndefined();
  const planned = await planOf(lab, { set: { [path]: value } });
  expect([planned.status, planned.body.class, planned.body.batches]).toEqual([200, 'none', []]);
  const rollout = await lab.rollOut({ change: { set: { [path]: value } } });
  expect(rollout.phase).toBe('succeeded');
  const set = path.split('.').reduce<Body>((whole, name) => whole?.[name], modelOf(lab).properties);
  expect(set).toBe(value);
  expect((await lab.rollOut({ change: {}, rollbackOf: rollout.id })).phase).toBe('succeeded');
  expect(modelOf(lab).properties[at]).toBeUndefined();
});

it('says of capabilities that instances have them later', async () => {
  await using lab = await startLab({ count: 5 });
  const { body } = await planOf(lab, { set: { 'additionalCapabilities.ultraSSDEnabled': true } });
  expect(body.warnings.map(({ code }: Body) => code)).toContain('takesEffectLater');
});

it.each([
  ['hostGroup.id', 'x', /new scale set/],
  ['proximityPlacementGroup.id', 'x', /az vmss deallocate/],
  ['plan.name', 'x', /new scale set/],
  ['placement.zonePlacementPolicy', 'Auto', /new scale set/],
  ['identity.type', 'SystemAssigned', /other means/],
])('refuses %s for what it is, although the set has none', async (path, value, remedy) => {
  await using lab = await startLab({ count: 5 });
  const { status, body } = await planOf(lab, { set: { [path]: value } });
  expect([status, body.code]).toEqual([422, 'propertyNotChangeable']);
  expect(body.remedy).toMatch(remedy);
});

it.each([
  { at: 'a group of two periods', spec: { scaleSet: scaleSetId('web').replace('/rollout/', '/../') } },
  {
    at: 'an image id that leads elsewhere',
    spec: {
      scaleSet: WEB,
      change: {
        image: { id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/galleries/../images/x' },
      },
    },
  },
  {
    at: 'a path to a prototype',
    spec: { scaleSet: WEB, change: { set: { 'virtualMachineProfile.__proto__.x': 1 } } },
  },
  {
    at: 'an image said twice',
    spec: {
      scaleSet: WEB,
      change: { image: { version: NEW }, set: { [`${PROFILE}.storageProfile.imageReference.version`]: NEW } },
    },
  },
])('answers 400 to $at, and reads nothing', async ({ spec }) => {
  await using lab = await startLab({ count: 5 });
  const asked = lab.log.length;
  for (const path of ['/plans', '/rollouts']) {
    const { status, body } = await lab.call('POST', path, spec);
    expect([status, body.code]).toEqual([400, 'invalidSpec']);
    expect(body.errors).toHaveLength(1);
  }
  const raw = `{"scaleSet":"${WEB}","change":{"set":{"__proto__":1}}}`;
  expect((await lab.call('POST', '/plans', raw)).status).toBe(400);
  expect(lab.log).toHaveLength(asked);
});

// Feature [Refusals and plans] A change that Azure passes over is named, and that it gave no reason (Issue 12, case 18)
it('names what Azure has accepted and passed over, and that it gave no reason', async () => {
  const CARD = `${PROFILE}.networkProfile.networkInterfaceConfigurations[0]`;
  await using lab = await startLab({
    count: 5,
    faults: [
      { kind: 'ignoredChange', paths: ['properties.virtualMachineProfile.networkProfile'], count: 'always' },
    ],
  });
  const rollout = await lab.rollOut({ change: { set: { [`${CARD}.enableAcceleratedNetworking`]: true } } });
  expect(rollout).toMatchObject({
    phase: 'refused',
    failure: { code: 'refusedByAzure' },
    left: { model: 'before' },
  });
  expect(rollout.failure.message).toContain(`${CARD}.enableAcceleratedNetworking`);
  expect(rollout.failure.message).toMatch(/\breason\b/);
  expect(rollout.failure.remedy).not.toMatch(/rejected|complains/);
  expect(writes(lab.log).map(({ operation }) => operation)).not.toContain('manualupgrade');
});
