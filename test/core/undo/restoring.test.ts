import { describe, expect, it, test } from 'vitest';
import { makePlan } from '../../../src/core/plan/make-plan.ts';
import type { Json, Model } from '../../../src/core/model/model.ts';
import type { PropertyChange } from '../../../src/core/model/delta.ts';
import { restoringDelta } from '../../../src/core/undo/restoring-delta.ts';
import { aModel, aPlanInput, aRow, instances } from '../../lab/builders.ts';
import { NEW, OLD } from '../../lab/names.ts';

const PROFILE = 'virtualMachineProfile';
const GALLERY = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/galleries/shop/images/app';
const ALLOWED = { mostDisruptiveAllowed: 'deallocate' };

function withImage(imageReference: Model, more: { profile?: Model; properties?: Model } = {}): Model {
  return aModel({
    ...more,
    profile: { storageProfile: { osDisk: { createOption: 'FromImage' }, imageReference }, ...more.profile },
  });
}

const LATEST = { publisher: 'Canonical', offer: 'jammy', sku: '22_04-lts-gen2', version: 'latest' };
const USER = { osProfile: { adminUsername: 'operator' } };
const AUTOMATIC = {
  properties: {
    upgradePolicy: { mode: 'Manual', automaticOSUpgradePolicy: { enableAutomaticOSUpgrade: true } },
  },
};

interface Way {
  readonly what: string;
  readonly model: Model;
  readonly change: Record<string, unknown>;
  /** What the instances show as their image. */
  readonly image?: string;
  /** What cannot be put back; absent where everything can. */
  readonly lost?: string;
  /** What a rollback writes: by the path of the change. */
  readonly writes?: readonly (readonly [path: string, value: Json])[];
  readonly warns?: string;
}

const IMAGE = `${PROFILE}.storageProfile.imageReference`;
const disk = (lun: number, diskSizeGB: number): Model => ({ lun, createOption: 'Empty', diskSizeGB });
const withDisks = (...dataDisks: readonly Model[]): Model =>
  aModel({ profile: { storageProfile: { imageReference: { ...LATEST, version: OLD }, dataDisks } } });
const DISKS = `${PROFILE}.storageProfile.dataDisks`;
const TRUSTED = {
  securityType: 'TrustedLaunch',
  uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
};

// By hand: from arm-vmss.md 3.3 and its corrections, and the pages that the table of properties names.
const CASES: readonly Way[] = [
  {
    what: 'a platform image that says latest is pinned',
    model: withImage(LATEST),
    change: USER,
    warns: 'rollbackPinsVersion',
    writes: [[`${IMAGE}.version`, OLD]],
  },
  {
    what: 'the same, in a set that upgrades its image itself',
    model: withImage(LATEST, AUTOMATIC),
    change: USER,
    lost: `${IMAGE}.version`,
  },
  {
    what: 'the same, in a set of a service artifact',
    model: withImage(LATEST, { profile: { serviceArtifactReference: { id: '/subscriptions/s/x' } } }),
    change: USER,
    lost: `${IMAGE}.version`,
  },
  {
    what: 'a set that takes only latest, and a change that needs no new disk',
    model: withImage(LATEST, AUTOMATIC),
    change: { set: { [`${PROFILE}.diagnosticsProfile.bootDiagnostics.enabled`]: true } },
  },
  {
    what: 'an image of a gallery without a version',
    model: withImage({ id: GALLERY }),
    change: USER,
    image: '1.2.3',
    warns: 'rollbackPinsVersion',
    writes: [[`${IMAGE}.id`, `${GALLERY}/versions/1.2.3`]],
  },
  {
    what: 'an image of a gallery, of which instances show no version',
    model: withImage({ id: GALLERY }),
    change: USER,
    image: GALLERY,
    lost: `${IMAGE}.id`,
  },
  {
    what: 'an image of a gallery, to an exact version',
    model: withImage({ id: `${GALLERY}/versions/latest` }),
    change: { image: { id: `${GALLERY}/versions/2.0.0` } },
    image: GALLERY,
    lost: `${IMAGE}.id`,
  },
  {
    what: 'an image of a community gallery',
    model: withImage({ communityGalleryImageId: '/CommunityGalleries/c/Images/app' }),
    change: USER,
    image: '1.2.3',
    warns: 'rollbackPinsVersion',
    writes: [[`${IMAGE}.communityGalleryImageId`, '/CommunityGalleries/c/Images/app/versions/1.2.3']],
  },
  {
    what: 'an image of a shared gallery of which no version shows',
    model: withImage({ sharedGalleryImageId: '/SharedGalleries/c/Images/app/Versions/latest' }),
    change: USER,
    image: '',
    lost: `${IMAGE}.sharedGalleryImageId`,
  },
  {
    what: 'an image of a gallery with its version',
    model: withImage({ id: `${GALLERY}/versions/1.0.0` }),
    change: USER,
    image: '1.0.0',
  },
  {
    what: 'a security type that was not there',
    model: aModel(),
    change: { set: { [`${PROFILE}.securityProfile`]: TRUSTED } },
    warns: 'rollbackSets',
    writes: [[`${PROFILE}.securityProfile`, { securityType: 'Standard', uefiSettings: null }]],
  },
  {
    what: 'a security type beside another setting',
    model: aModel({ profile: { securityProfile: { encryptionAtHost: true } } }),
    change: { set: { [`${PROFILE}.securityProfile.securityType`]: 'TrustedLaunch' } },
    warns: 'rollbackSets',
    writes: [[`${PROFILE}.securityProfile.securityType`, 'Standard']],
  },
  {
    what: 'a security type that was another',
    model: aModel({ profile: { securityProfile: TRUSTED } }),
    change: { set: { [`${PROFILE}.securityProfile.securityType`]: 'Standard' } },
    writes: [[`${PROFILE}.securityProfile.securityType`, 'TrustedLaunch']],
  },
  {
    what: 'a licence that was not there',
    model: aModel(),
    change: { set: { [`${PROFILE}.licenseType`]: 'RHEL_BYOS' } },
    warns: 'rollbackSets',
    writes: [[`${PROFILE}.licenseType`, 'None']],
  },
  {
    what: 'host encryption that was not there',
    model: aModel({ profile: { securityProfile: {} } }),
    change: { set: { [`${PROFILE}.securityProfile.encryptionAtHost`]: true } },
    warns: 'rollbackSets',
    writes: [[`${PROFILE}.securityProfile.encryptionAtHost`, false]],
  },
  {
    what: 'a capacity reservation',
    model: aModel(),
    change: { set: { [`${PROFILE}.capacityReservation.capacityReservationGroup.id`]: '/x' } },
    writes: [[`${PROFILE}.capacityReservation`, { capacityReservationGroup: { id: null } }]],
  },
  {
    what: 'a highest price that was not there',
    model: aModel(),
    change: { set: { [`${PROFILE}.billingProfile.maxPrice`]: 0.2 } },
    warns: 'rollbackSets',
    writes: [[`${PROFILE}.billingProfile`, { maxPrice: -1 }]],
  },
  {
    what: 'what null takes away',
    model: aModel(),
    change: { set: { 'scaleInPolicy.forceDeletion': true } },
    writes: [['scaleInPolicy', null]],
  },
  {
    what: 'a data disk that grows',
    model: withDisks(disk(0, 64)),
    change: { set: { [`${DISKS}[0].diskSizeGB`]: 128 } },
    lost: `${DISKS}[0].diskSizeGB`,
    writes: [],
  },
  {
    what: 'a data disk that grows, in a whole list',
    model: withDisks(disk(0, 64), disk(1, 32)),
    change: { set: { [DISKS]: [disk(0, 128), { ...disk(1, 32), caching: 'None' }] } },
    lost: DISKS,
    writes: [[DISKS, [disk(0, 128), disk(1, 32)]]],
  },
  {
    what: 'a data disk more',
    model: withDisks(disk(0, 64)),
    change: { add: { [DISKS]: disk(1, 32) } },
    writes: [[DISKS, [disk(0, 64)]]],
  },
];

function planned({ model, change, image }: Way, acceptIrreversible: boolean) {
  return makePlan(
    aPlanInput({
      spec: { change, strategy: { ...ALLOWED, acceptIrreversible } },
      model,
      instances: instances(5, () => (image === undefined ? {} : { image })),
      versions: [NEW, OLD],
      hasImage: true,
    }),
  );
}

// Feature [Undo] The way back is looked at before the way forth: what cannot be undone is refused (Issue 12, kind 2)
//   shown by: a plan looks at the way back: the same, in a set that upgrades its im…
test.each(CASES)('a plan looks at the way back: $what', (way) => {
  const plan = planned(way, true);
  if (plan.kind === 'refused') throw new Error(plan.message);
  expect((plan.unrecoverable ?? []).map(({ path }) => path)).toEqual(
    way.lost === undefined ? [] : [way.lost],
  );
  const codes = plan.warnings.map(({ code }) => code);
  expect(codes.includes('rollbackNotWhole')).toBe(way.lost !== undefined);
  if (way.warns !== undefined) expect(codes).toContain(way.warns);

  const refused = planned(way, false);
  if (way.lost === undefined) {
    expect(refused.kind).toBe('plan');
    return;
  }
  expect(refused).toMatchObject({
    kind: 'refused',
    code: 'irreversibleChange',
    message: expect.stringContaining(way.lost),
    remedy: expect.stringContaining('"acceptIrreversible": true'),
  });
});

test.each(CASES.filter(({ writes }) => writes !== undefined))(
  'a rollback writes what there is to write: $what',
  (way) => {
    const plan = planned(way, true);
    if (plan.kind === 'refused') throw new Error(plan.message);
    const rows = instances(5).map(({ instanceId }) =>
      aRow(instanceId, { touched: true, actions: plan.actions, imageBefore: way.image ?? OLD }),
    );
    const back = restoringDelta(plan.delta, rows, way.model);
    const own = (paths: readonly PropertyChange[]): readonly (readonly [string, Json])[] =>
      paths.filter(({ path }) => !path.includes('osProfile')).map(({ path, after }) => [path, after]);
    expect(own(back)).toEqual(way.writes);
  },
);

describe('a security type', () => {
  const set = (securityType: string): Record<string, unknown> => ({
    set: { [`${PROFILE}.securityProfile.securityType`]: securityType },
  });
  const refusal = (model: Model, type: string): unknown =>
    planned({ what: '', model, change: set(type) }, true);

  it('is confidential from the beginning, or never', () => {
    expect(refusal(aModel(), 'ConfidentialVM')).toMatchObject({ code: 'propertyNotChangeable' });
    const confidential = aModel({ profile: { securityProfile: { securityType: 'ConfidentialVM' } } });
    expect(refusal(confidential, 'TrustedLaunch')).toMatchObject({ code: 'propertyNotChangeable' });
  });

  it('does not become trusted launch in place where the model has data disks', () => {
    expect(refusal(withDisks(disk(0, 64)), 'TrustedLaunch')).toMatchObject({
      code: 'propertyNotChangeable',
      remedy: expect.stringContaining('max surge'),
    });
  });
});
