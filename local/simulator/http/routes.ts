import {
  getGalleryVersion,
  getManagedImage,
  listGalleryVersions,
  listManagedImages,
} from '../handlers/custom-images.ts';
import { attachDetachDataDisks } from '../handlers/data-disks.ts';
import { deleteInstance, deleteNamedInstances } from '../handlers/delete-instances.ts';
import { deleteScaleSet } from '../handlers/delete-scale-set.ts';
import {
  deleteExtension,
  getExtension,
  listExtensions,
  patchExtension,
  putExtension,
} from '../handlers/extensions.ts';
import { getInstance, getInstanceView } from '../handlers/get-instance.ts';
import { getScaleSet, getScaleSetInstanceView } from '../handlers/get-scale-set.ts';
import { getVersion, listImageSkus, listOffers, listPublishers, listVersions } from '../handlers/images.ts';
import { actOnInstance } from '../handlers/instance-actions.ts';
import { listInstances } from '../handlers/list-instances.ts';
import {
  listScaleSetsOfGroup,
  listScaleSetsOfLocation,
  listScaleSetsOfSubscription,
} from '../handlers/list-scale-sets.ts';
import { upgradeInstances } from '../handlers/manual-upgrade.ts';
import { monitorOperation, pollOperation } from '../handlers/operations.ts';
import { setOrchestrationServiceState } from '../handlers/orchestration-service.ts';
import { patchScaleSet } from '../handlers/patch-scale-set.ts';
import {
  cancelRollingUpgrade,
  getLatestRollingUpgrade,
  listOsUpgradeHistory,
  startExtensionUpgrade,
  startOsUpgrade,
} from '../handlers/rolling-upgrades.ts';
import { getPublicVersion, listPublicVersions } from '../handlers/public-images.ts';
import { putInstance } from '../handlers/put-instance.ts';
import { putScaleSet } from '../handlers/put-scale-set.ts';
import { listSkus } from '../handlers/scale-set-details.ts';
import { actOnSet } from '../handlers/set-actions.ts';
import { simulateEviction } from '../handlers/simulate-eviction.ts';
import { listSubscriptions } from '../handlers/subscriptions.ts';
import { OPERATIONS, requests, type RequestName } from '../operations/table.ts';
import type { Route } from './router.ts';

/** What answers each operation of the table. */
const HANDLERS: Record<RequestName, Route['handle']> = {
  listSubscriptions,
  listScaleSetsOfSubscription,
  listScaleSetsOfLocation,
  listScaleSetsOfGroup,
  getScaleSet,
  scaleSetInstanceView: getScaleSetInstanceView,
  listSkus,
  osUpgradeHistory: listOsUpgradeHistory,
  latestRollingUpgrade: getLatestRollingUpgrade,
  put: putScaleSet,
  patch: patchScaleSet,
  deleteScaleSet,
  manualupgrade: upgradeInstances,
  deleteInstances: deleteNamedInstances,
  reimage: actOnSet,
  reimageAll: actOnSet,
  start: actOnSet,
  restart: actOnSet,
  redeploy: actOnSet,
  powerOff: actOnSet,
  deallocate: actOnSet,
  reapply: actOnSet,
  setOrchestrationServiceState,
  cancelRollingUpgrade,
  osRollingUpgrade: startOsUpgrade,
  extensionRollingUpgrade: startExtensionUpgrade,
  listExtensions,
  getExtension,
  putExtension,
  patchExtension,
  deleteExtension,
  listInstances,
  getInstance,
  instanceView: getInstanceView,
  putInstance,
  deleteInstance,
  attachDetachDataDisks,
  simulateEviction,
  instanceReimage: actOnInstance,
  instanceReimageAll: actOnInstance,
  instanceStart: actOnInstance,
  instanceRestart: actOnInstance,
  instanceRedeploy: actOnInstance,
  instancePowerOff: actOnInstance,
  instanceDeallocate: actOnInstance,
  monitor: monitorOperation,
  poll: pollOperation,
  listPublishers,
  listOffers,
  listImageSkus,
  listVersions,
  getVersion,
  listGalleryVersions,
  getGalleryVersion,
  listCommunityVersions: listPublicVersions,
  getCommunityVersion: getPublicVersion,
  listSharedVersions: listPublicVersions,
  getSharedVersion: getPublicVersion,
  listManagedImages,
  getManagedImage,
};

/** Every request that the simulator knows, with what answers it. */
export const ROUTES: readonly Route[] = requests().map(({ name, kind, route }) => ({
  ...route,
  operation: kind,
  buckets: OPERATIONS[name].buckets,
  handle: HANDLERS[name],
}));
