import { getInstance, getInstanceView } from '../handlers/get-instance.ts';
import { getScaleSet, getScaleSetInstanceView } from '../handlers/get-scale-set.ts';
import { getVersion, listImageSkus, listOffers, listPublishers, listVersions } from '../handlers/images.ts';
import { listInstances } from '../handlers/list-instances.ts';
import {
  listScaleSetsOfGroup,
  listScaleSetsOfLocation,
  listScaleSetsOfSubscription,
} from '../handlers/list-scale-sets.ts';
import { upgradeInstances } from '../handlers/manual-upgrade.ts';
import { pollOperation } from '../handlers/operations.ts';
import { patchScaleSet } from '../handlers/patch-scale-set.ts';
import { getLatestRollingUpgrade, listOsUpgradeHistory, listSkus } from '../handlers/scale-set-details.ts';
import { listSubscriptions } from '../handlers/subscriptions.ts';
import type { OperationKind } from '../log/entries.ts';
import type { Route } from './router.ts';

const COMPUTE = '/subscriptions/:subscription/providers/Microsoft.Compute';
const GROUP = '/subscriptions/:subscription/resourceGroups/:group/providers/Microsoft.Compute';
const SETS = `${GROUP}/virtualMachineScaleSets`;
const SET = `${SETS}/:name`;
const INSTANCE = `${SET}/virtualMachines/:instance`;
const LOCATION = `${COMPUTE}/locations/:location`;
const PUBLISHERS = `${LOCATION}/publishers`;
const OFFERS = `${PUBLISHERS}/:publisher/artifacttypes/vmimage/offers`;
const SKUS = `${OFFERS}/:offer/skus`;
const VERSIONS = `${SKUS}/:sku/versions`;

const get = (path: string, operation: OperationKind, handle: Route['handle']): Route => ({
  method: 'GET',
  path,
  operation,
  handle,
});

/** Every REST operation that the simulator knows. */
export const ROUTES: readonly Route[] = [
  get('/subscriptions', 'listSubscriptions', listSubscriptions),
  get(`${COMPUTE}/virtualMachineScaleSets`, 'listScaleSets', listScaleSetsOfSubscription),
  get(`${LOCATION}/virtualMachineScaleSets`, 'listScaleSets', listScaleSetsOfLocation),
  get(SETS, 'listScaleSets', listScaleSetsOfGroup),
  get(SET, 'getScaleSet', getScaleSet),
  { method: 'PATCH', path: SET, operation: 'patch', handle: patchScaleSet },
  { method: 'POST', path: `${SET}/manualupgrade`, operation: 'manualupgrade', handle: upgradeInstances },
  get(`${SET}/instanceView`, 'scaleSetInstanceView', getScaleSetInstanceView),
  get(`${SET}/skus`, 'listSkus', listSkus),
  get(`${SET}/osUpgradeHistory`, 'osUpgradeHistory', listOsUpgradeHistory),
  get(`${SET}/rollingUpgrades/latest`, 'latestRollingUpgrade', getLatestRollingUpgrade),
  get(`${SET}/virtualMachines`, 'listInstances', listInstances),
  get(INSTANCE, 'getInstance', getInstance),
  get(`${INSTANCE}/instanceView`, 'instanceView', getInstanceView),
  get(`${LOCATION}/operations/:operation`, 'poll', pollOperation),
  get(PUBLISHERS, 'images', listPublishers),
  get(OFFERS, 'images', listOffers),
  get(SKUS, 'images', listImageSkus),
  get(VERSIONS, 'images', listVersions),
  get(`${VERSIONS}/:version`, 'images', getVersion),
];
