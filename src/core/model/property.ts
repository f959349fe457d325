import type { ChangeClass } from './change-class.ts';
import type { Json } from './model.ts';

/**
 * Where it is written what a change of a property takes: `spec` are the descriptions in the Compute specification of
 * 2026-04-01, `facts` arm-vmss.md; the others are pages of MicrosoftDocs/azure-compute-docs, reports on GitHub, or the
 * schema of terraform-provider-azurerm. Where a page says that a change reaches instances and not what that takes, the
 * row counts rather too much than too little.
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
  upgradePolicy:
    'virtual-machine-scale-sets-upgrade-policy.md: brought by an upgrade, and not what that takes',
  networking: 'virtual-machine-scale-sets-networking.md: brought by an upgrade, and not what that takes',
  allocation: 'the specification: used to allocate the virtual machine, which an upgrade does not',
  creation: 'the specification: settings used while creating the virtual machine',
  uefi: 'trusted-launch-portal.md, verify or update your settings: a running machine is restarted for it',
  metadata:
    'metadata-security-protocol/configuration.md: taken by machines that exist, and not what that takes',
  encryption: 'the specification: the identity that disk encryption uses; an extension brings it',
  vmApplications: 'vm-applications-how-to.md: brought by an upgrade; a package may ask for a restart',
  customization: 'vm-customization.md: chosen as the size is, which other hardware may have to offer',
  posture: 'the specification: extensions of a security posture; an upgrade brings them',
  parts: 'each of its properties has a row of its own',
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
