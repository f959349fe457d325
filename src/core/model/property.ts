import type { ChangeClass } from './change-class.ts';
import type { Json } from './model.ts';

/**
 * Where it is written what a change of a property takes: `spec` are the descriptions in the Compute specification of
 * 2026-04-01, `facts` arm-vmss.md, `assumed` means that no source was found; the others are pages of
 * MicrosoftDocs/azure-compute-docs, reports on GitHub, or the schema of terraform-provider-azurerm.
 */
export const SOURCES = {
  spec: 'Azure/azure-rest-api-specs, Microsoft.Compute 2026-04-01',
  modify: 'virtual-machine-scale-sets-upgrade-scale-set.md, properties with restrictions on modification',
  proximity: 'virtual-machine-scale-sets/proximity-placement-groups.md',
  hostEncryption: 'includes/virtual-machines-disks-encryption-at-host-restrictions.md',
  reservation: 'capacity-reservation-associate-virtual-machine-scale-set.md, regional scale sets',
  trustedLaunch: 'trusted-launch-existing-vmss.md',
  faq: 'virtual-machine-scale-sets-faq.yml, certificates',
  userData: 'virtual-machines/user-data.md',
  hybridBenefit: 'virtual-machine-scale-sets/azure-hybrid-benefit-linux.md',
  spot: 'virtual-machines/spot-vms.md, questions; virtual-machines/error-codes-spot.md',
  azurerm: 'hashicorp/terraform-provider-azurerm: it makes the set anew for this',
  'azure-docs#45880': "PropertyChangeNotAllowed: Changing property 'osDisk.osType' is not allowed",
  'azure-docs#48120': 'the type of data disks cannot be changed either',
  'azure-docs#108952':
    "PropertyChangeNotAllowed: Changing property 'platformFaultDomainCount' is not allowed",
  'facts 3.3': 'arm-vmss.md 3.3',
  'facts 3.4': 'arm-vmss.md 3.4',
  ours: 'what this app leaves to others',
  assumed: 'no source found: rather too much than too little',
} as const;
type Source = keyof typeof SOURCES;

/** What changing one property of the model takes. */
export interface Property {
  /** In ARM's shape without list positions. */
  readonly path: string;
  /** What is done to the instances for it. */
  readonly class: ChangeClass;
  readonly source: Source;
  /** For one that no rollout changes: what to do instead. */
  readonly remedy?: string;
  /** Taken into new disks only, so the upgrade is followed by a reimage. */
  readonly newDisk?: true;
  /** What stands for "not there": documented as the way to be rid of it, which a PATCH's null is not. */
  readonly absent?: Json;
}

export function row(path: string, changeClass: ChangeClass, source: Source, remedy?: string): Property {
  return { path, class: changeClass, source, ...(remedy !== undefined && { remedy }) };
}

/** A property that goes by being set to something. */
export function goesBy(absent: Json, property: Property): Property {
  return { ...property, absent };
}

/** A property of the operating system that only a new disk takes over. */
export function onNewDisk(path: string, source: Source): Property {
  return { path, class: 'reimage', source, newDisk: true };
}
