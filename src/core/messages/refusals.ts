import { fixed } from './paths.ts';

/** Why something is refused: one row a reason. */
interface Row {
  /** Fixed by the API; several reasons may share one. */
  readonly code: string;
  /** What of the spec or the model it is about; none where it is the scale set as such. `{names}` are filled in. */
  readonly property?: string;
  /** What the caller can do. */
  readonly remedy: string;
}

/** All that is refused, with code, property and remedy; the message says what was found. */
export const REFUSALS = {
  scaleSetNotFound: { code: 'scaleSetNotFound', property: 'scaleSet', remedy: 'check its resource id' },
  scaleSetDeleting: { code: 'scaleSetDeleting', remedy: 'none: there will be nothing to roll out to' },
  accessDenied: {
    code: 'accessDenied',
    remedy: 'grant the identity of the app its role on the scale set, then start again',
  },
  serviceFabricManaged: { code: 'serviceFabricManaged', remedy: 'upgrade it through its cluster' },
  managedByOther: {
    code: 'managedByOther',
    property: 'acceptManaged',
    remedy:
      'upgrade it through the service that manages it, or accept the consequences with "acceptManaged": true',
  },
  automaticOsUpgrade: {
    code: 'automaticOsUpgrade',
    property: 'change.image.version',
    remedy: 'move its instances to the newest image with "force": "reimage"',
  },
  nativeUpgradeRunning: {
    code: 'nativeUpgradeRunning',
    remedy: 'wait for it, or cancel it: az vmss rolling-upgrade cancel',
  },
  notOnFlexible: {
    code: 'notOnFlexible',
    property: 'strategy.batchBy',
    remedy: 'change it with az vmss or through its resource template',
  },
  versionNotFound: {
    code: 'imageNotFound',
    property: 'change.image.version',
    remedy: 'the newest is {newest}',
  },
  nothingPublished: { code: 'imageNotFound', property: 'change.image.version', remedy: 'check the image' },
  imageIdNotFound: { code: 'imageNotFound', property: 'change.image.id', remedy: 'check its resource id' },
  pathNotFound: {
    code: 'pathNotFound',
    property: 'change.{edit}.{path}',
    remedy: 'name a property that the scale set has or can have, as az vmss update --{edit} writes it',
  },
  extensionNotFound: {
    code: 'pathNotFound',
    property: 'change.extensions',
    remedy: 'name one that it has; a rollout adds none',
  },
  otherKindOfImage: {
    code: 'propertyNotChangeable',
    property: 'change.image.{field}',
    remedy: 'name an image of the kind that it runs, or make a new scale set',
  },
  otherNetwork: {
    code: 'propertyNotChangeable',
    property: '{path}',
    remedy: 'name a subnet of a network that the scale set is in; for another network make a new scale set',
  },
  /** Its remedies stand in the table of properties. */
  fixedProperty: { code: 'propertyNotChangeable', property: '{path}', remedy: '{remedy}' },
  tooDisruptive: {
    code: 'tooDisruptive',
    property: 'strategy.mostDisruptiveAllowed',
    remedy: 'allow it with "mostDisruptiveAllowed": "{class}"',
  },
  irreversibleChange: {
    code: 'irreversibleChange',
    property: 'strategy.acceptIrreversible',
    remedy: 'accept that with "acceptIrreversible": true',
  },
  secretInTheOpen: {
    code: 'irreversibleChange',
    property: '{path}',
    remedy: 'set it under osProfile or extensions, with "acceptIrreversible": true',
  },
  secretRemoved: {
    code: 'irreversibleChange',
    property: '{path}',
    remedy:
      'set another value under osProfile or extensions, with "acceptIrreversible": true; Azure has no way to remove it',
  },
  userData: {
    code: 'irreversibleChange',
    property: '{path}',
    remedy: fixed.userData,
  },
  unknownInstance: {
    code: 'unknownInstance',
    property: '{path}',
    remedy: 'name only instances that the scale set has now',
  },
  unknownBatch: {
    code: 'unknownBatch',
    property: '{path}',
    remedy: 'name batches as the plan has them, or ask for an approval before each with "before": "batch"',
  },
  floorImpossible: {
    code: 'floorImpossible',
    property: 'strategy.maxUnavailable',
    remedy: 'allow it with "maxUnavailable": "100%"',
  },
  floorCrossed: {
    code: 'floorImpossible',
    property: 'strategy.maxUnavailable',
    remedy: 'choose fewer instances, or allow more with "maxUnavailable"',
  },
  noHealthSignal: {
    code: 'noHealthSignal',
    property: 'health.requireSignal',
    remedy: 'add the application health extension, or drop "requireSignal"',
  },
  tooManyUnhealthy: {
    code: 'tooManyUnhealthy',
    property: 'health.maxUnhealthyInstancePercent',
    remedy: 'repair them first, or let this rollout repair them with "fixForward": true',
  },
  tooManyOff: {
    code: 'tooManyUnhealthy',
    property: 'strategy.maxUnavailable',
    remedy: 'start or delete them, let the rollout start them, or allow more with "maxUnavailable"',
  },
  /** No read shows it beforehand, only the answer to the write. */
  tooManyModels: {
    code: 'tooManyModels',
    remedy: 'bring every instance to the current model first: a rollout without a change does that',
  },
  planChanged: {
    code: 'planChanged',
    property: 'planHash',
    remedy: 'review the new plan and start with its hash',
  },
  modelChangedSince: {
    code: 'modelChangedSince',
    property: 'rollbackOf',
    remedy: 'find out who changed it; restore it with a spec of its own',
  },
  rolloutNotFound: {
    code: 'rolloutNotFound',
    property: 'rollbackOf',
    remedy: 'check its id and the scale set',
  },
  rolloutNotEnded: {
    code: 'rolloutNotFound',
    property: 'rollbackOf',
    remedy: 'roll it back instead: vmss-rollout rollback {rollout}',
  },
  holderNotFound: {
    code: 'rolloutNotFound',
    property: 'restoreGuardsOf',
    remedy: 'check its id and the scale set',
  },
  holderNotEnded: {
    code: 'rolloutNotFound',
    property: 'restoreGuardsOf',
    remedy: 'it restores its guards at its end: vmss-rollout status {rollout}',
  },
  guardsHeldSince: {
    code: 'guardsHeldSince',
    property: 'restoreGuardsOf',
    remedy: 'restore what that one left: vmss-rollout doctor --restore {rollout}',
  },
  policySetSince: {
    code: 'modelChangedSince',
    property: 'restoreGuardsOf',
    remedy: 'nothing, if that policy is wanted; else set it with az vmss update',
  },
  instanceNotTargeted: {
    code: 'unknownInstance',
    property: '{path}',
    remedy: 'choose it in "targets" too, or leave it out',
  },
  instanceProtected: {
    code: 'instanceProtected',
    property: '{path}',
    remedy: 'remove "protectFromScaleSetActions" first, or leave it out',
  },
  diskInUse: {
    code: 'diskInUse',
    property: '{path}',
    remedy: 'detach it there in a rollout of its own first',
  },
  lunTaken: {
    code: 'lunTaken',
    property: '{path}',
    remedy:
      'name another one, leave "lun" out to get a free one, or detach that disk in a rollout of its own first',
  },
  noFreeLun: { code: 'noFreeLun', property: '{path}', remedy: 'detach a disk first' },
  diskNotFound: {
    code: 'pathNotFound',
    property: '{path}',
    remedy: 'name a LUN that its storage profile shows, or the disk by "diskId"',
  },
  diskOfModel: {
    code: 'propertyNotChangeable',
    property: '{path}',
    remedy:
      'take it out of the model for all instances: "remove": ["virtualMachineProfile.storageProfile.dataDisks[lun={lun}]"]',
  },
  diskMovedSince: {
    code: 'modelChangedSince',
    property: 'rollbackOf',
    remedy: 'find out who moved it; attach and detach with a spec of its own',
  },
  readRefused: { code: 'refusedByAzure', remedy: 'grant the app its role' },
  writeIgnored: {
    code: 'refusedByAzure',
    remedy: 'check whether size, image and region allow it; az vmss update shows how Azure answers',
  },
  writeRefused: { code: 'refusedByAzure', remedy: 'fix the value that Azure rejected' },
} as const satisfies Record<string, Row>;

export type RefusalReason = keyof typeof REFUSALS;

export type RefusalCode = (typeof REFUSALS)[RefusalReason]['code'];

/** A refusal says what is wrong, where, and what the caller can do about it. */
export interface Refusal {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  readonly message: string;
  readonly remedy: string;
  /** The property of the spec or the model that it is about. */
  readonly path?: string;
}

/** Refuses for a reason of the table; `given` are the names that its row leaves open. */
export function refuse(
  reason: RefusalReason,
  message: string,
  given: Readonly<Record<string, string>> = {},
): Refusal {
  const { code, remedy, property }: Row & { readonly code: RefusalCode } = REFUSALS[reason];
  const filled = (text: string): string =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) => given[name] ?? '');
  return {
    kind: 'refused',
    code,
    message,
    remedy: filled(remedy),
    ...(property !== undefined && { path: filled(property) }),
  };
}
