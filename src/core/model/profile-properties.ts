import { fixed } from '../messages/paths.ts';
import { goesBy, onNewDisk, row } from './property.ts';
import type { Property } from './property.ts';

const PROFILE = 'properties.virtualMachineProfile';
const OS = `${PROFILE}.osProfile`;
const STORAGE = `${PROFILE}.storageProfile`;
const SECURITY = `${PROFILE}.securityProfile`;

/** Properties that instances are made from: an upgrade brings them, and for some more has to be done. */
export const PROFILE_PROPERTIES: readonly Property[] = [
  row(`${PROFILE}.timeCreated`, 'impossible', 'spec', fixed.byAzure),

  onNewDisk(OS, 'facts 3.3'),
  row(`${OS}.computerNamePrefix`, 'impossible', 'facts 3.4', fixed.atCreation),
  onNewDisk(`${OS}.adminUsername`, 'facts 3.3'),
  onNewDisk(`${OS}.adminPassword`, 'facts 3.3'),
  onNewDisk(`${OS}.customData`, 'facts 3.3'),
  onNewDisk(`${OS}.linuxConfiguration`, 'facts 3.3'),
  // "updates will take effect on OS reprovisioning"
  onNewDisk(`${OS}.windowsConfiguration`, 'spec'),
  row(`${OS}.windowsConfiguration.enableVMAgentPlatformUpdates`, 'impossible', 'spec', fixed.byAzure),
  row(`${OS}.secrets`, 'none', 'faq'),
  row(`${OS}.allowExtensionOperations`, 'none', 'spec'),
  row(`${OS}.requireGuestProvisionSignal`, 'impossible', 'spec', fixed.onlyTrue),

  row(STORAGE, 'reimage', 'facts 3.3'),
  row(`${STORAGE}.imageReference`, 'reimage', 'facts 3.3'),
  row(`${STORAGE}.imageReference.publisher`, 'impossible', 'facts 3.4', fixed.otherImage),
  row(`${STORAGE}.imageReference.offer`, 'impossible', 'facts 3.4', fixed.otherImage),
  row(`${STORAGE}.imageReference.exactVersion`, 'impossible', 'spec', fixed.byAzure),
  row(`${STORAGE}.osDisk`, 'reimage', 'facts 3.3'),
  row(`${STORAGE}.osDisk.osType`, 'impossible', 'azure-docs#45880', fixed.atCreation),
  row(`${STORAGE}.osDisk.createOption`, 'impossible', 'facts 3.4', fixed.atCreation),
  row(`${STORAGE}.osDisk.managedDisk.storageAccountType`, 'impossible', 'modify', fixed.atCreation),
  // Only for confidential instances, and those are made so.
  row(`${STORAGE}.osDisk.managedDisk.securityProfile`, 'impossible', 'spec', fixed.atCreation),
  row(`${STORAGE}.dataDisks`, 'reimage', 'upgradePolicy'),
  row(
    `${STORAGE}.dataDisks.managedDisk.storageAccountType`,
    'impossible',
    'azure-docs#48120',
    fixed.atCreation,
  ),
  // "You need to deallocate the virtual machines in the scale set before updating its disk controller type"
  row(`${STORAGE}.diskControllerType`, 'deallocate', 'spec'),
  row(`${STORAGE}.diskApiVersion`, 'none', 'spec'),

  row(`${PROFILE}.networkProfile`, 'restart', 'networking'),
  row(`${PROFILE}.networkProfile.healthProbe`, 'restart', 'networking'),
  row(`${PROFILE}.networkProfile.networkInterfaceConfigurations`, 'restart', 'networking'),
  row(`${PROFILE}.networkProfile.networkApiVersion`, 'restart', 'creation'),
  row(`${PROFILE}.networkProfile.interconnectGroupProfile`, 'deallocate', 'allocation'),

  row(SECURITY, 'restart', 'parts'),
  // "Existing VMs must be deallocated and reallocated in order to be encrypted"
  goesBy(false, row(`${SECURITY}.encryptionAtHost`, 'deallocate', 'hostEncryption')),
  goesBy('Standard', row(`${SECURITY}.securityType`, 'reimage', 'trustedLaunch')),
  row(`${SECURITY}.uefiSettings`, 'restart', 'uefi'),
  row(`${SECURITY}.encryptionIdentity`, 'restart', 'encryption'),
  row(`${SECURITY}.proxyAgentSettings`, 'restart', 'metadata'),

  row(`${PROFILE}.diagnosticsProfile`, 'none', 'facts 3.3'),
  row(`${PROFILE}.extensionProfile`, 'impossible', 'ours', fixed.extensions),
  row(`${PROFILE}.extensionProfile.extensionsTimeBudget`, 'none', 'spec'),
  goesBy('None', row(`${PROFILE}.licenseType`, 'none', 'hybridBenefit')),
  row(`${PROFILE}.priority`, 'impossible', 'spot', fixed.atCreation),
  row(`${PROFILE}.evictionPolicy`, 'impossible', 'azurerm', fixed.atCreation),
  // "Before you can change the max price, you need to deallocate the VM"
  row(`${PROFILE}.billingProfile`, 'deallocate', 'spot'),
  // "the default max price is -1 if it is not provided by you"
  goesBy(-1, row(`${PROFILE}.billingProfile.maxPrice`, 'deallocate', 'spec')),
  row(`${PROFILE}.scheduledEventsProfile`, 'none', 'facts 3.3'),
  row(`${PROFILE}.userData`, 'impossible', 'userData', fixed.userData),
  // So is what undoes a first association that a zonal set takes as it runs.
  row(`${PROFILE}.capacityReservation`, 'deallocate', 'reservation'),
  goesBy(
    { id: null },
    row(`${PROFILE}.capacityReservation.capacityReservationGroup`, 'deallocate', 'reservation'),
  ),
  row(`${PROFILE}.interconnectBlockProfile`, 'deallocate', 'allocation'),
  row(`${PROFILE}.applicationProfile`, 'restart', 'vmApplications'),
  row(`${PROFILE}.hardwareProfile`, 'deallocate', 'customization'),
  // "can be updated on a running VMSS without deallocation or reboot"
  row(`${PROFILE}.hardwareProfile.processorMode`, 'none', 'spec'),
  // It decides which version `latest` means.
  row(`${PROFILE}.serviceArtifactReference`, 'reimage', 'spec'),
  row(`${PROFILE}.securityPostureReference`, 'restart', 'posture'),
];
