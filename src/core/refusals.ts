/** Why a rollout is not begun; names are fixed by the API. */
export type RefusalCode =
  | 'scaleSetNotFound'
  | 'imageNotFound'
  | 'pathNotFound'
  | 'propertyNotChangeable'
  | 'tooDisruptive'
  | 'irreversibleChange'
  | 'unknownInstance'
  | 'notOnFlexible'
  | 'floorImpossible'
  | 'noHealthSignal'
  | 'tooManyUnhealthy'
  | 'nativeUpgradeRunning'
  | 'tooManyModels'
  | 'serviceFabricManaged'
  | 'scaleSetDeleting'
  | 'planChanged'
  | 'modelChangedSince'
  | 'guardsHeldSince'
  | 'rolloutNotFound'
  | 'refusedByAzure';

/** A refusal says what is wrong, where, and what the caller can do about it. */
export interface Refusal {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  readonly message: string;
  readonly remedy: string;
  /** The property of the spec or the model that it is about. */
  readonly path?: string;
}

export function refuse(code: RefusalCode, message: string, remedy: string, path?: string): Refusal {
  return { kind: 'refused', code, message, remedy, ...(path === undefined ? {} : { path }) };
}
