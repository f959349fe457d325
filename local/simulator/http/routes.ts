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
import {
  deallocateInstance,
  powerOffInstance,
  redeployInstance,
  reimageAllOfInstance,
  reimageInstance,
  restartInstance,
  startInstance,
} from '../handlers/instance-actions.ts';
import { listInstances } from '../handlers/list-instances.ts';
import {
  listScaleSetsOfGroup,
  listScaleSetsOfLocation,
  listScaleSetsOfSubscription,
} from '../handlers/list-scale-sets.ts';
import { upgradeInstances } from '../handlers/manual-upgrade.ts';
import { pollOperation } from '../handlers/operations.ts';
import { setOrchestrationServiceState } from '../handlers/orchestration-service.ts';
import { patchScaleSet } from '../handlers/patch-scale-set.ts';
import {
  cancelRollingUpgrade,
  getLatestRollingUpgrade,
  listOsUpgradeHistory,
  startExtensionUpgrade,
  startOsUpgrade,
} from '../handlers/rolling-upgrades.ts';
import { putInstance } from '../handlers/put-instance.ts';
import { putScaleSet } from '../handlers/put-scale-set.ts';
import { listSkus } from '../handlers/scale-set-details.ts';
import {
  deallocate,
  powerOff,
  reapply,
  redeploy,
  reimage,
  reimageAll,
  restart,
  start,
} from '../handlers/set-actions.ts';
import { simulateEviction } from '../handlers/simulate-eviction.ts';
import { listSubscriptions } from '../handlers/subscriptions.ts';
import type { OperationKind } from '../log/entries.ts';
import type { Route } from './router.ts';

const COMPUTE = '/subscriptions/:subscription/providers/Microsoft.Compute';
const GROUP = '/subscriptions/:subscription/resourceGroups/:group/providers/Microsoft.Compute';
const SETS = `${GROUP}/virtualMachineScaleSets`;
const SET = `${SETS}/:name`;
const INSTANCE = `${SET}/virtualMachines/:instance`;
const EXTENSION = `${SET}/extensions/:extension`;
const GALLERY_VERSIONS = `${GROUP}/galleries/:gallery/images/:image/versions`;
const LOCATION = `${COMPUTE}/locations/:location`;
const PUBLISHERS = `${LOCATION}/publishers`;
const OFFERS = `${PUBLISHERS}/:publisher/artifacttypes/vmimage/offers`;
const SKUS = `${OFFERS}/:offer/skus`;
const VERSIONS = `${SKUS}/:sku/versions`;

const route =
  (method: Route['method']) =>
  (path: string, operation: OperationKind, handle: Route['handle']): Route => ({
    method,
    path,
    operation,
    handle,
  });
const get = route('GET');
const put = route('PUT');
const patch = route('PATCH');
const post = route('POST');
const remove = route('DELETE');

/** Every REST operation that the simulator knows. */
export const ROUTES: readonly Route[] = [
  get('/subscriptions', 'listSubscriptions', listSubscriptions),
  get(`${COMPUTE}/virtualMachineScaleSets`, 'listScaleSets', listScaleSetsOfSubscription),
  get(`${LOCATION}/virtualMachineScaleSets`, 'listScaleSets', listScaleSetsOfLocation),
  get(SETS, 'listScaleSets', listScaleSetsOfGroup),
  get(SET, 'getScaleSet', getScaleSet),
  put(SET, 'put', putScaleSet),
  patch(SET, 'patch', patchScaleSet),
  remove(SET, 'deleteScaleSet', deleteScaleSet),
  post(`${SET}/manualupgrade`, 'manualupgrade', upgradeInstances),
  post(`${SET}/delete`, 'deleteInstances', deleteNamedInstances),
  post(`${SET}/reimage`, 'reimage', reimage),
  post(`${SET}/reimageall`, 'reimageAll', reimageAll),
  post(`${SET}/start`, 'start', start),
  post(`${SET}/restart`, 'restart', restart),
  post(`${SET}/redeploy`, 'redeploy', redeploy),
  post(`${SET}/powerOff`, 'powerOff', powerOff),
  post(`${SET}/deallocate`, 'deallocate', deallocate),
  post(`${SET}/reapply`, 'reapply', reapply),
  post(`${SET}/setOrchestrationServiceState`, 'setOrchestrationServiceState', setOrchestrationServiceState),
  post(`${SET}/rollingUpgrades/cancel`, 'cancelRollingUpgrade', cancelRollingUpgrade),
  post(`${SET}/osRollingUpgrade`, 'osRollingUpgrade', startOsUpgrade),
  post(`${SET}/extensionRollingUpgrade`, 'extensionRollingUpgrade', startExtensionUpgrade),
  get(`${SET}/extensions`, 'listExtensions', listExtensions),
  get(EXTENSION, 'getExtension', getExtension),
  put(EXTENSION, 'putExtension', putExtension),
  patch(EXTENSION, 'patchExtension', patchExtension),
  remove(EXTENSION, 'deleteExtension', deleteExtension),
  get(`${SET}/instanceView`, 'scaleSetInstanceView', getScaleSetInstanceView),
  get(`${SET}/skus`, 'listSkus', listSkus),
  get(`${SET}/osUpgradeHistory`, 'osUpgradeHistory', listOsUpgradeHistory),
  get(`${SET}/rollingUpgrades/latest`, 'latestRollingUpgrade', getLatestRollingUpgrade),
  get(`${SET}/virtualMachines`, 'listInstances', listInstances),
  get(INSTANCE, 'getInstance', getInstance),
  get(`${INSTANCE}/instanceView`, 'instanceView', getInstanceView),
  put(INSTANCE, 'putInstance', putInstance),
  remove(INSTANCE, 'deleteInstance', deleteInstance),
  post(`${INSTANCE}/reimage`, 'instanceReimage', reimageInstance),
  post(`${INSTANCE}/reimageall`, 'instanceReimageAll', reimageAllOfInstance),
  post(`${INSTANCE}/start`, 'instanceStart', startInstance),
  post(`${INSTANCE}/restart`, 'instanceRestart', restartInstance),
  post(`${INSTANCE}/redeploy`, 'instanceRedeploy', redeployInstance),
  post(`${INSTANCE}/powerOff`, 'instancePowerOff', powerOffInstance),
  post(`${INSTANCE}/deallocate`, 'instanceDeallocate', deallocateInstance),
  post(`${INSTANCE}/attachDetachDataDisks`, 'attachDetachDataDisks', attachDetachDataDisks),
  post(`${INSTANCE}/simulateEviction`, 'simulateEviction', simulateEviction),
  get(`${LOCATION}/operations/:operation`, 'poll', pollOperation),
  get(PUBLISHERS, 'images', listPublishers),
  get(OFFERS, 'images', listOffers),
  get(SKUS, 'images', listImageSkus),
  get(VERSIONS, 'images', listVersions),
  get(`${VERSIONS}/:version`, 'images', getVersion),
  get(GALLERY_VERSIONS, 'galleryImages', listGalleryVersions),
  get(`${GALLERY_VERSIONS}/:version`, 'galleryImages', getGalleryVersion),
  get(`${GROUP}/images`, 'managedImages', listManagedImages),
  get(`${GROUP}/images/:image`, 'managedImages', getManagedImage),
];
