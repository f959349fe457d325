import { expect } from 'vitest';
import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import { imagesNow, modelNow } from '../../local/simulator/log/judge.ts';
import type { ProfileOverrides } from '../../local/simulator/profile.ts';
import type { ScaleSetSpec } from '../../local/simulator/work/new-scale-set.ts';
import { REAL_WAYS } from '../../local/simulator/ways.ts';
import { imagePatch, NEW, OLD, operationUrl, type Answer, type Lab } from './lab.ts';

/** A scale set and what the service does to it, from a public report, and how the simulator shows that it does so. */
export interface ServiceCase {
  readonly id: string;
  readonly spec: Partial<ScaleSetSpec>;
  readonly faults?: readonly FaultInput[];
  /** Switches of the simulator's profile. */
  readonly ways?: ProfileOverrides;
  readonly shows: (staged: Staged) => Promise<void>;
}

/** A simulator with the scale set of a case. */
export interface Staged {
  readonly lab: Pick<Lab, 'sim' | 'now' | 'pass' | 'call'>;
  /** The path of the set. */
  readonly set: string;
}

const PLATFORM = { publisher: 'Canonical', offer: '0001-com-ubuntu-server-jammy', sku: '22_04-lts-gen2' };
const IMAGES =
  '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/img/providers/Microsoft.Compute/images';

const get = async ({ lab, set }: Staged): Promise<Answer['body']> => (await lab.call('GET', set)).body;
const profileOf = async (staged: Staged): Promise<Answer['body']> =>
  (await get(staged)).properties.virtualMachineProfile;

/** A PATCH that is accepted, and the time that its operation takes. */
async function patched(staged: Staged, body: object): Promise<Answer> {
  const answer = await staged.lab.call('PATCH', staged.set, body);
  expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
  staged.lab.pass(60);
  return answer;
}

async function upgraded({ lab, set }: Staged, ...instanceIds: string[]): Promise<Answer['body']> {
  const answer = await lab.call('POST', `${set}/manualupgrade`, { instanceIds });
  expect(answer.status).toBe(202);
  lab.pass(900);
  return (await lab.call('GET', operationUrl(answer))).body;
}

/** A change that an instance takes only while it is deallocated. */
function onlyDeallocated(id: string, profile: object): ServiceCase {
  return {
    id,
    spec: {},
    ways: { changesWhileDeallocated: REAL_WAYS.changesWhileDeallocated },
    async shows(staged) {
      await patched(staged, { properties: { virtualMachineProfile: profile } });
      expect(await upgraded(staged, '0')).toMatchObject({
        status: 'Failed',
        error: { code: 'OperationNotAllowed' },
      });
      await staged.lab.call('POST', `${staged.set}/deallocate`, { instanceIds: ['0'] });
      staged.lab.pass(300);
      expect(await upgraded(staged, '0')).toMatchObject({ status: 'Succeeded' });
      expect(staged.lab.sim.scaleSet('web')?.instances[0]?.latestModelApplied).toBe(true);
    },
  };
}

const storageOf = (imageReference: object): object => ({ imageReference, osDisk: { caching: 'ReadWrite' } });

export const CASES: readonly ServiceCase[] = [
  {
    id: '01-profile-time-moves',
    spec: {},
    ways: { stampsProfile: true },
    async shows(staged) {
      const before = (await profileOf(staged)).timeCreated;
      await patched(staged, imagePatch({ version: NEW }));
      const after = (await profileOf(staged)).timeCreated;
      expect(Date.parse(after)).toBeGreaterThan(Date.parse(before));
      await patched(staged, { tags: { a: 'b' } });
      expect((await profileOf(staged)).timeCreated).toBe(after);
    },
  },
  {
    id: '02-image-write-resets-os-disk',
    spec: { image: { id: `${IMAGES}/one` } },
    ways: { imageWriteResetsOsDisk: 'customImages' },
    async shows(staged) {
      await patched(staged, imagePatch({ id: `${IMAGES}/two` }));
      const { osDisk } = (await profileOf(staged)).storageProfile;
      expect(osDisk).toMatchObject({ caching: 'ReadOnly', diskSizeGB: 64, createOption: 'FromImage' });
      const storageProfile = storageOf({ id: `${IMAGES}/one` });
      await patched(staged, { properties: { virtualMachineProfile: { storageProfile } } });
      expect((await profileOf(staged)).storageProfile.osDisk.caching).toBe('ReadWrite');
    },
  },
  {
    id: '03-automatic-os-upgrade-wants-latest',
    spec: {
      image: { ...PLATFORM, version: 'latest' },
      upgradePolicy: { mode: 'Automatic', automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } },
    },
    ways: { automaticOsUpgradeTakesOnlyLatest: true },
    async shows(staged) {
      const refused = await staged.lab.call('PATCH', staged.set, imagePatch({ version: NEW }));
      expect([refused.status, refused.body.error.code]).toEqual([400, 'BadRequest']);
      expect((await profileOf(staged)).storageProfile.imageReference.version).toBe('latest');
      await patched(staged, { tags: { a: 'b' } });
    },
  },
  {
    id: '04-latest-with-capital',
    spec: { image: { ...PLATFORM, version: 'Latest' } },
    async shows(staged) {
      expect((await profileOf(staged)).storageProfile.imageReference.version).toBe('Latest');
      expect(new Set(Object.values(imagesNow(staged.lab.sim.log)))).toEqual(new Set([NEW]));
      const diagnosticsProfile = { bootDiagnostics: { enabled: true } };
      await patched(staged, { properties: { virtualMachineProfile: { diagnosticsProfile } } });
      expect(await upgraded(staged, '0')).toMatchObject({ status: 'Succeeded' });
      const own = (await staged.lab.call('GET', `${staged.set}/virtualMachines/0`)).body.properties;
      expect(own.storageProfile.imageReference).toMatchObject({ version: 'Latest', exactVersion: NEW });
    },
  },
  {
    id: '05-service-fabric-managed-cluster',
    spec: { owner: 'serviceFabricManagedCluster' },
    async shows(staged) {
      const { extensions } = (await profileOf(staged)).extensionProfile;
      expect(extensions).toContainEqual(
        expect.objectContaining({
          properties: expect.objectContaining({
            publisher: 'Microsoft.Azure.ServiceFabric.MC',
            type: 'ServiceFabricMCNode',
          }),
        }),
      );
    },
  },
  {
    id: '06-suppressed-extension-failure',
    spec: {
      extensions: [
        {
          name: 'MDE.Linux',
          properties: {
            publisher: 'Microsoft.Azure.AzureDefenderForServers',
            type: 'MDE.Linux',
            typeHandlerVersion: '1.0',
            autoUpgradeMinorVersion: true,
            settings: {},
            suppressFailures: true,
          },
        },
      ],
    },
    faults: [{ kind: 'extensionFails', extension: 'MDE.Linux', version: NEW, exitCode: 53 }],
    async shows(staged) {
      await patched(staged, imagePatch({ version: NEW }));
      expect(await upgraded(staged, '0')).toMatchObject({ status: 'Succeeded' });
      const views = await Promise.all(
        ['0', '1'].map(async (id) =>
          staged.lab.call('GET', `${staged.set}/virtualMachines/${id}/instanceView`),
        ),
      );
      const shown = views.map(
        ({ body }) => body.extensions.find(({ name }: { name: string }) => name === 'MDE.Linux').statuses[0],
      );
      expect(shown[0]).toMatchObject({ code: 'ProvisioningState/failed/53', level: 'Error' });
      expect(shown[1]).toMatchObject({ code: 'ProvisioningState/succeeded' });
      const truth = staged.lab.sim.scaleSet('web')?.instances[0];
      expect(truth).toMatchObject({ provisioningState: 'Succeeded', serving: true });
    },
  },
  onlyDeallocated('07-encryption-at-host-class', { securityProfile: { encryptionAtHost: true } }),
  onlyDeallocated('08-capacity-reservation-class', {
    capacityReservation: {
      capacityReservationGroup: {
        id: '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rollout/providers/Microsoft.Compute/capacityReservationGroups/crg',
      },
    },
  }),
  onlyDeallocated('09-disk-controller-class', {
    storageProfile: {
      imageReference: { ...PLATFORM, version: OLD },
      diskControllerType: 'NVMe',
    },
  }),
  {
    id: '10-one-sick-below-the-limit',
    spec: {},
    faults: [{ kind: 'badImage', version: OLD, instances: ['3'] }],
    async shows(staged) {
      const serving = (): string[] =>
        staged.lab.sim
          .scaleSet('web')
          ?.instances.filter((instance) => instance.serving)
          .map(({ instanceId }) => instanceId) ?? [];
      staged.lab.pass(1);
      expect(serving()).toEqual(['0', '1', '2', '4']);
      const view = await staged.lab.call('GET', `${staged.set}/virtualMachines/3/instanceView`);
      expect(view.body.vmHealth.status.code).toBe('HealthState/unhealthy');
      await patched(staged, imagePatch({ version: NEW }));
      await upgraded(staged, '3');
      expect(serving()).toEqual(['0', '1', '2', '3', '4']);
    },
  },
  {
    id: '11-set-stays-updating',
    spec: {},
    faults: [{ kind: 'setShows', afterOperation: 'patch' }],
    async shows(staged) {
      expect((await get(staged)).properties.provisioningState).toBe('Succeeded');
      const write = await patched(staged, imagePatch({ version: NEW }));
      expect((await staged.lab.call('GET', operationUrl(write))).body.status).toBe('Succeeded');
      staged.lab.pass(660);
      expect((await get(staged)).properties.provisioningState).toBe('Updating');
      expect(await upgraded(staged, '0')).toMatchObject({ status: 'Succeeded' });
      expect((await get(staged)).properties.provisioningState).toBe('Updating');
    },
  },
  {
    id: '12-tag-values-are-text',
    spec: { count: 0 },
    ways: { tagValuesBecomeText: true },
    async shows(staged) {
      await patched(staged, { tags: { build: 1234, live: true, owner: 'us' } });
      expect((await get(staged)).tags).toEqual({ build: '1234', live: 'true', owner: 'us' });
    },
  },
  {
    id: '13-tag-name-with-dot',
    spec: { count: 0 },
    async shows(staged) {
      const refused = await staged.lab.call('PATCH', staged.set, { tags: { k8s: { io_x: 'on' } } });
      expect(refused.status).toBe(400);
      await patched(staged, { tags: { 'k8s.io_x': 'on' } });
      expect((await get(staged)).tags).toEqual({ 'k8s.io_x': 'on' });
    },
  },
  {
    id: '14-group-name-not-ascii',
    spec: { resourceGroup: 'Büro-größe' },
    async shows(staged) {
      expect((await get(staged)).id).toContain('/resourceGroups/Büro-größe/');
      expect(encodeURI(staged.set)).toContain('B%C3%BCro-gr%C3%B6%C3%9Fe');
      const lower = staged.set.replace('Büro-größe', 'bÜRO-GRÖßE');
      expect((await staged.lab.call('GET', lower)).status).toBe(200);
      await patched(staged, imagePatch({ version: NEW }));
      expect(await upgraded(staged, '0')).toMatchObject({ status: 'Succeeded' });
    },
  },
  {
    id: '15-one-empty-list',
    spec: {},
    faults: [{ kind: 'shortList', afterOperation: 'manualupgrade' }],
    async shows(staged) {
      const count = async (): Promise<number> =>
        (await staged.lab.call('GET', `${staged.set}/virtualMachines`)).body.value.length;
      await patched(staged, imagePatch({ version: NEW }));
      expect(await count()).toBe(5);
      await upgraded(staged, '0');
      expect([await count(), await count(), await count()]).toEqual([0, 5, 5]);
      expect((await staged.lab.call('GET', `${staged.set}/virtualMachines/0`)).status).toBe(200);
    },
  },
  {
    id: '16-user-data',
    spec: {},
    async shows(staged) {
      const userData = 'aGVsbG8=';
      await patched(staged, { properties: { virtualMachineProfile: { userData } } });
      expect(await profileOf(staged)).not.toHaveProperty('userData');
      const expanded = await staged.lab.call('GET', `${staged.set}?$expand=userData`);
      expect(expanded.body.properties.virtualMachineProfile.userData).toBe(userData);
    },
  },
  {
    id: '17-absent-top-level-objects',
    spec: {},
    async shows(staged) {
      expect((await get(staged)).properties).not.toHaveProperty('additionalCapabilities');
      const additionalCapabilities = { ultraSSDEnabled: true };
      await patched(staged, { properties: { additionalCapabilities } });
      expect((await get(staged)).properties.additionalCapabilities).toEqual(additionalCapabilities);
    },
  },
  {
    id: '18-change-ignored-by-service',
    spec: {},
    faults: [
      { kind: 'ignoredChange', paths: ['properties.virtualMachineProfile.networkProfile'], count: 'always' },
    ],
    async shows(staged) {
      const { networkProfile } = await profileOf(staged);
      const [card] = networkProfile.networkInterfaceConfigurations;
      const faster = { ...card, properties: { ...card.properties, enableAcceleratedNetworking: true } };
      const asked = { networkInterfaceConfigurations: [faster] };
      const write = await patched(staged, {
        properties: { virtualMachineProfile: { networkProfile: asked } },
      });
      expect((await staged.lab.call('GET', operationUrl(write))).body.status).toBe('Succeeded');
      expect((await profileOf(staged)).networkProfile).toEqual(networkProfile);
      expect(modelNow(staged.lab.sim.log)?.image['version']).toBe(OLD);
    },
  },
];
