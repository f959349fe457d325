import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { deltaOf } from '../../../src/core/model/delta.ts';
import { inverse, patchOf } from '../../../src/core/model/patch.ts';
import type { PropertyChange } from '../../../src/core/model/delta.ts';
import { applyEdits } from '../../../src/core/model/edits.ts';
import type { Edit } from '../../../src/core/model/edits.ts';
import { extensionChanges, extensionPatch } from '../../../src/core/plan/extension-change.ts';
import type { Json, Model } from '../../../src/core/model/model.ts';
import { makePlan } from '../../../src/core/plan/make-plan.ts';
import { aModel, aPlanInput } from '../../lab/builders.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const runs = { seed, numRuns: 500 };
const PROFILE = 'virtualMachineProfile';
const NICS = `${PROFILE}.networkProfile.networkInterfaceConfigurations`;

const text = fc.constantFrom('a', 'b', 'c');
const flag = fc.boolean();
const id = text.map((name) => ({ id: `/${name}` }));

/**
 * What a rollout may change and read again, written down from arm-vmss.md 1.4 (the PATCH model), 2.3 and 3.4, not from
 * the code; with values of the right kind.
 */
const READABLE: readonly (readonly [path: string, value: fc.Arbitrary<Json>])[] = [
  ['tags.team', text],
  ['tags.brandNew', text],
  ['tags', fc.dictionary(text, text)],
  ['sku.name', text.map((size) => `Standard_${size}`)],
  ['automaticRepairsPolicy', fc.record({ enabled: flag, gracePeriod: fc.constantFrom('PT10M', 'PT30M') })],
  ['automaticRepairsPolicy.enabled', flag],
  ['overprovision', flag],
  ['scaleInPolicy.forceDeletion', flag],
  ['scaleInPolicy.rules', fc.array(text, { maxLength: 2 })],
  [`${PROFILE}.osProfile.adminUsername`, text],
  [`${PROFILE}.osProfile.linuxConfiguration.provisionVMAgent`, flag],
  [
    `${PROFILE}.osProfile.linuxConfiguration.ssh.publicKeys`,
    fc.array(fc.record({ path: text, keyData: text })),
  ],
  [`${PROFILE}.storageProfile.imageReference.version`, text],
  [`${PROFILE}.storageProfile.imageReference.sku`, text],
  [`${PROFILE}.storageProfile.osDisk.caching`, fc.constantFrom('None', 'ReadOnly')],
  [`${PROFILE}.storageProfile.osDisk.diffDiskSettings.option`, fc.constant('Local')],
  [
    `${PROFILE}.storageProfile.dataDisks`,
    fc.array(fc.record({ lun: fc.nat(3), name: text }), { maxLength: 2 }),
  ],
  [`${PROFILE}.networkProfile.healthProbe`, id],
  [`${NICS}[0].properties.enableIPForwarding`, flag],
  [`${NICS}[name=nic1].enableAcceleratedNetworking`, flag],
  [`${NICS}[1].dnsSettings.dnsServers`, fc.array(text, { maxLength: 2 })],
  [`${NICS}[-1].networkSecurityGroup.id`, text],
  [`${PROFILE}.diagnosticsProfile.bootDiagnostics.enabled`, flag],
  [`${PROFILE}.diagnosticsProfile`, fc.record({ bootDiagnostics: fc.record({ storageUri: text }) })],
  [`${PROFILE}.scheduledEventsProfile.terminateNotificationProfile.enable`, flag],
  [`${PROFILE}.securityProfile.uefiSettings.secureBootEnabled`, flag],
  [`${PROFILE}.licenseType`, text],
  [`${PROFILE}.billingProfile.maxPrice`, fc.nat(9)],
  [`${PROFILE}.capacityReservation.capacityReservationGroup`, id],
  [`${PROFILE}.applicationProfile.galleryApplications`, fc.array(fc.record({ packageReferenceId: text }))],
  [`${PROFILE}.hardwareProfile.vmSizeProperties.vCPUsAvailable`, fc.nat(8)],
];

/** Lists among them, to which something can be added. */
const LISTS = [
  'scaleInPolicy.rules',
  `${PROFILE}.osProfile.linuxConfiguration.ssh.publicKeys`,
  `${PROFILE}.storageProfile.dataDisks`,
  `${NICS}[1].dnsSettings.dnsServers`,
  `${NICS}[name=nic0].ipConfigurations`,
  `${PROFILE}.applicationProfile.galleryApplications`,
];

/** Models that have some of these parts and lack the others. */
const models = fc
  .record(
    {
      securityProfile: fc.constant({ securityType: 'TrustedLaunch' }),
      diagnosticsProfile: fc.constant({ bootDiagnostics: { enabled: false } }),
      scheduledEventsProfile: fc.constant({ terminateNotificationProfile: { notBeforeTimeout: 'PT5M' } }),
      licenseType: fc.constant('none'),
      billingProfile: fc.constant({ maxPrice: -1 }),
      applicationProfile: fc.constant({ galleryApplications: [{ packageReferenceId: 'x' }] }),
    },
    { requiredKeys: [] },
  )
  .chain((profile) =>
    fc.constantFrom<Model>(
      aModel({ profile, properties: { overprovision: true, scaleInPolicy: { rules: ['Default'] } } }),
      aModel({ profile: { diagnosticsProfile: {}, ...profile } }),
    ),
  );

const sets = fc
  .constantFrom(...READABLE)
  .chain(([path, value]) => value.map((given): Edit => ({ kind: 'set', path, value: given })));
const removals = fc.constantFrom(...READABLE).map(([path]): Edit => ({ kind: 'remove', path }));
const additions = fc
  .tuple(fc.constantFrom(...LISTS), fc.oneof(text, fc.record({ name: text })))
  .map(([path, value]): Edit => ({ kind: 'add', path, value }));
const someEdits = fc.array(fc.oneof(sets, sets, removals, additions), { minLength: 1, maxLength: 6 });

/** What ARM does with a PATCH body: objects are merged, lists and tags replaced whole, null removes. */
function merged(target: Json | undefined, body: Json, isTags = false): Json {
  if (!isPlain(body)) return body;
  const entries = new Map(isPlain(target) && !isTags ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(body)) {
    if (value === null) entries.delete(name);
    else if (value !== undefined) entries.set(name, merged(entries.get(name), value, name === 'tags'));
  }
  return Object.fromEntries(entries);
}

function isPlain(value: Json | undefined): value is Model {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

describe(`a change and its inverse, seed ${seed}`, () => {
  it('make the model what az would make it, and what it was', () => {
    fc.assert(
      fc.property(models, someEdits, (model, edits) => {
        const edited = applyEdits(model, edits);
        // What is not there cannot be removed, and a replaced list may lack what a later path names.
        fc.pre(edited.kind === 'edited');
        const delta = deltaOf(model, edits);
        if ('kind' in delta) throw new Error(delta.message);
        const there = merged(model, patchOf(model, delta)) as Model;
        if (edited.kind === 'edited') expect(there).toEqual(edited.model);
        const back = inverse(delta);
        expect(merged(there, patchOf(there, back))).toEqual(model);
      }),
      runs,
    );
  });

  it.each(READABLE)('hold for %s, set alone, whether it was there or not', (path, values) => {
    fc.assert(
      fc.property(models, values, (model, value) => {
        const delta = deltaOf(model, [{ kind: 'set', path, value }]);
        if ('kind' in delta) throw new Error(delta.message);
        const there = merged(model, patchOf(model, delta)) as Model;
        expect(merged(there, patchOf(there, inverse(delta)))).toEqual(model);
      }),
      { seed, numRuns: 30 },
    );
  });

  it('hold for the settings and the tag of an extension, however deep', () => {
    const settings = fc.dictionary(
      text,
      fc.oneof(text, fc.dictionary(text, fc.oneof(text, fc.dictionary(text, text)))),
    );
    const asked = fc.record({ settings, forceUpdateTag: text }, { requiredKeys: [] });
    const present = fc.record({ settings, forceUpdateTag: text }, { requiredKeys: [] });
    fc.assert(
      fc.property(present, asked, (properties, fields) => {
        const model = aModel({
          profile: { extensionProfile: { extensions: [{ name: 'app', properties }] } },
        });
        const delta = extensionChanges(model, [{ name: 'app', ...fields }]);
        if ('kind' in delta) throw new Error(delta.message);
        const there = merged(properties, extensionPatch(delta)) as Model;
        expect(there).toEqual({ ...properties, ...fields });
        expect(merged(there, extensionPatch(inverse(delta)))).toEqual(properties);
      }),
      runs,
    );
  });
});

/** What can be written and is never shown (arm-vmss.md 2.3), and the other places that hold keys. */
const WRITE_ONLY = [
  `${PROFILE}.osProfile.adminPassword`,
  `${PROFILE}.osProfile.customData`,
  `${PROFILE}.userData`,
  `${PROFILE}.extensionProfile.extensions[0].protectedSettings`,
  `${PROFILE}.extensionProfile.extensions[0].properties.protectedSettings`,
  `${PROFILE}.osProfile.windowsConfiguration.additionalUnattendContent`,
];

describe('what can only be written', () => {
  test.each(WRITE_ONLY)('%s is refused as a property, also inside of an object', (path) => {
    const [, parent = '', name = ''] = /^(.*)\.([^.]+)$/.exec(path) ?? [];
    for (const edit of [
      { kind: 'set', path, value: 'hush' },
      { kind: 'add', path, value: 'hush' },
      { kind: 'set', path: parent, value: { [name]: 'hush' } },
      { kind: 'set', path: PROFILE, value: { deep: [{ [name]: 'hush' }] } },
    ] as const) {
      const refusal = deltaOf(aModel(), [edit]);
      expect(refusal).toMatchObject({ kind: 'refused', code: 'irreversibleChange' });
      expect(JSON.stringify(refusal)).not.toContain('hush');
    }
  });

  it.each<[string, Record<string, unknown>]>([
    ['a password', { osProfile: { adminPassword: 'hush' } }],
    ['custom data', { osProfile: { customData: 'hush' } }],
    ['protected settings', { extensions: [{ name: 'app', protectedSettings: { key: 'hush' } }] }],
  ])(
    '%s is refused where nobody accepts it, else reported, hidden and left out of the way back',
    (_, change) => {
      const extensionProfile = { extensions: [{ name: 'app', properties: { type: 'Script' } }] };
      const planFor = (acceptIrreversible: boolean) =>
        makePlan(
          aPlanInput({
            spec: { change, strategy: { acceptIrreversible } },
            model: aModel({ profile: { extensionProfile } }),
          }),
        );
      expect(planFor(false)).toMatchObject({ kind: 'refused', code: 'irreversibleChange' });
      const plan = planFor(true);
      if (plan.kind !== 'plan') throw new Error(plan.message);
      expect(plan.delta.map(({ isSecret }: PropertyChange) => isSecret)).toEqual([true]);
      expect(JSON.stringify(plan)).not.toContain('hush');
      expect(inverse(plan.delta)).toEqual([]);
    },
  );
});
