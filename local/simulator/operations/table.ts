import {
  ACTIONS,
  CREATE,
  DELETE_INSTANCE,
  DELETE_SET,
  GET_IMAGE,
  GET_INSTANCE,
  GET_OPERATION,
  HIGH_COST_GET,
  INSTANCE_ACTION,
  LIST_IMAGES,
  LIST_OF_SETS,
  LOW_COST_GET,
  PATCH,
  SHUTDOWN,
  UPDATE,
} from './buckets.ts';
import { action, byPlatform, get, getAs, upgrade, write, type OperationRow, type Route } from './row.ts';

const COMPUTE = '/subscriptions/:subscription/providers/Microsoft.Compute';
const GROUP = '/subscriptions/:subscription/resourceGroups/:group/providers/Microsoft.Compute';
const SETS = `${GROUP}/virtualMachineScaleSets`;
const SET = `${SETS}/:name`;
const VM = `${SET}/virtualMachines/:instance`;
const EXTENSION = `${SET}/extensions/:extension`;
const GALLERY_VERSIONS = `${GROUP}/galleries/:gallery/images/:image/versions`;
const LOCATION = `${COMPUTE}/locations/:location`;
const COMMUNITY_VERSIONS = `${LOCATION}/communityGalleries/:gallery/images/:image/versions`;
const SHARED_VERSIONS = `${LOCATION}/sharedGalleries/:gallery/images/:image/versions`;
const OPERATION = `${LOCATION}/operations/:operation`;
const PUBLISHERS = `${LOCATION}/publishers`;
const OFFERS = `${PUBLISHERS}/:publisher/artifacttypes/vmimage/offers`;
const SKUS = `${OFFERS}/:offer/skus`;
const VERSIONS = `${SKUS}/:sku/versions`;

/** Every operation that the simulator knows: its route, what it draws on, what the log calls it, and its work. */
export const OPERATIONS = {
  listSubscriptions: get('/subscriptions'),
  listScaleSetsOfSubscription: getAs('listScaleSets', `${COMPUTE}/virtualMachineScaleSets`, LIST_OF_SETS),
  listScaleSetsOfLocation: getAs('listScaleSets', `${LOCATION}/virtualMachineScaleSets`, LIST_OF_SETS),
  listScaleSetsOfGroup: getAs('listScaleSets', SETS, LIST_OF_SETS),

  getScaleSet: get(SET, LOW_COST_GET),
  scaleSetInstanceView: get(`${SET}/instanceView`, HIGH_COST_GET),
  listSkus: get(`${SET}/skus`, LOW_COST_GET),
  osUpgradeHistory: get(`${SET}/osUpgradeHistory`, LOW_COST_GET),
  latestRollingUpgrade: get(`${SET}/rollingUpgrades/latest`, LOW_COST_GET),
  put: upgrade('PUT', SET, CREATE),
  patch: upgrade('PATCH', SET, PATCH),
  deleteScaleSet: write('DELETE', SET, DELETE_SET),
  manualupgrade: upgrade('POST', `${SET}/manualupgrade`, ACTIONS),
  deleteInstances: write('POST', `${SET}/delete`, ACTIONS),
  reimage: action('POST', `${SET}/reimage`, ACTIONS, 'reimage'),
  reimageAll: action('POST', `${SET}/reimageall`, ACTIONS, 'reimage'),
  start: action('POST', `${SET}/start`, ACTIONS, 'start'),
  restart: action('POST', `${SET}/restart`, ACTIONS, 'restart'),
  redeploy: action('POST', `${SET}/redeploy`, ACTIONS, 'redeploy'),
  powerOff: action('POST', `${SET}/powerOff`, SHUTDOWN, 'powerOff'),
  deallocate: action('POST', `${SET}/deallocate`, SHUTDOWN, 'deallocate'),
  reapply: action('POST', `${SET}/reapply`, ACTIONS, 'reapply'),
  setOrchestrationServiceState: write('POST', `${SET}/setOrchestrationServiceState`, UPDATE),
  cancelRollingUpgrade: write('POST', `${SET}/rollingUpgrades/cancel`, UPDATE),
  osRollingUpgrade: upgrade('POST', `${SET}/osRollingUpgrade`, UPDATE),
  extensionRollingUpgrade: upgrade('POST', `${SET}/extensionRollingUpgrade`, UPDATE),
  platformUpgrade: byPlatform('upgrade'),
  repair: byPlatform('action'),

  listExtensions: get(`${SET}/extensions`, LOW_COST_GET),
  getExtension: get(EXTENSION, LOW_COST_GET),
  putExtension: upgrade('PUT', EXTENSION, UPDATE),
  patchExtension: upgrade('PATCH', EXTENSION, UPDATE),
  deleteExtension: upgrade('DELETE', EXTENSION, UPDATE),

  listInstances: get(`${SET}/virtualMachines`, HIGH_COST_GET),
  getInstance: get(VM, GET_INSTANCE),
  instanceView: get(`${VM}/instanceView`, GET_INSTANCE),
  putInstance: action('PUT', VM, INSTANCE_ACTION, 'disks'),
  deleteInstance: write('DELETE', VM, DELETE_INSTANCE),
  attachDetachDataDisks: action('POST', `${VM}/attachDetachDataDisks`, INSTANCE_ACTION, 'disks'),
  simulateEviction: action('POST', `${VM}/simulateEviction`, INSTANCE_ACTION, 'deallocate'),
  instanceReimage: action('POST', `${VM}/reimage`, INSTANCE_ACTION, 'reimage'),
  instanceReimageAll: action('POST', `${VM}/reimageall`, INSTANCE_ACTION, 'reimage'),
  instanceStart: action('POST', `${VM}/start`, INSTANCE_ACTION, 'start'),
  instanceRestart: action('POST', `${VM}/restart`, INSTANCE_ACTION, 'restart'),
  instanceRedeploy: action('POST', `${VM}/redeploy`, INSTANCE_ACTION, 'redeploy'),
  instancePowerOff: action('POST', `${VM}/powerOff`, DELETE_INSTANCE, 'powerOff'),
  instanceDeallocate: action('POST', `${VM}/deallocate`, DELETE_INSTANCE, 'deallocate'),

  monitor: get(`${OPERATION}?monitor=true`, GET_OPERATION),
  poll: get(OPERATION, GET_OPERATION),

  listPublishers: getAs('images', PUBLISHERS, LIST_IMAGES),
  listOffers: getAs('images', OFFERS, LIST_IMAGES),
  listImageSkus: getAs('images', SKUS, LIST_IMAGES),
  listVersions: getAs('images', VERSIONS, LIST_IMAGES),
  getVersion: getAs('images', `${VERSIONS}/:version`, GET_IMAGE),
  listGalleryVersions: getAs('galleryImages', GALLERY_VERSIONS),
  getGalleryVersion: getAs('galleryImages', `${GALLERY_VERSIONS}/:version`),
  listCommunityVersions: getAs('galleryImages', COMMUNITY_VERSIONS),
  getCommunityVersion: getAs('galleryImages', `${COMMUNITY_VERSIONS}/:version`),
  listSharedVersions: getAs('galleryImages', SHARED_VERSIONS),
  getSharedVersion: getAs('galleryImages', `${SHARED_VERSIONS}/:version`),
  listManagedImages: getAs('managedImages', `${GROUP}/images`),
  getManagedImage: getAs('managedImages', `${GROUP}/images/:image`),
} as const satisfies Record<string, OperationRow>;

type Operations = typeof OPERATIONS;
export type OperationName = keyof Operations;
/** Those that somebody can ask for. */
export type RequestName = {
  [K in OperationName]: Operations[K] extends { readonly route: unknown } ? K : never;
}[OperationName];

/** What a request asks of the service; faults and the log speak of it. */
export type OperationKind =
  | { [K in OperationName]: Operations[K] extends { readonly logged: infer L } ? L : K }[OperationName]
  | 'unknown';

const ROWS: Readonly<Record<string, OperationRow>> = OPERATIONS;

/** Each request that can be made, in the order in which routes are tried. */
export function requests(): {
  readonly name: RequestName;
  readonly kind: OperationKind;
  readonly route: Route;
}[] {
  return Object.entries(ROWS).flatMap(([name, { route, logged = name }]) =>
    // The types of both follow from the table; only going through it by key forgets them.
    route === undefined ? [] : [{ name: name as RequestName, kind: logged as OperationKind, route }],
  );
}

/** The kinds that faults may name. */
export const OPERATION_KINDS: readonly OperationKind[] = [
  ...new Set(Object.entries(ROWS).map(([name, { logged = name }]) => logged as OperationKind)),
  'unknown',
];

/** The line of an operation that does work on instances. */
export function rowOf(kind: OperationKind): OperationRow | undefined {
  return ROWS[kind];
}
