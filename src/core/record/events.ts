import { COMMANDS } from './command.ts';

/** What can happen to a rollout, in about its order; commands have their own names. */
export const EVENT_KINDS = [
  'queued',
  'turnTaken',
  'planned',
  'approvalRequested',
  'approved',
  'batchBegan',
  'guardTakenOver',
  'guardIntended',
  'guardHeld',
  'guardRefused',
  'modelIntended',
  'modelAccepted',
  'modelUnknown',
  'modelTaken',
  'sideEffect',
  'unknownWord',
  'upgradeIntended',
  'upgradeAccepted',
  'upgradeUnknown',
  'notAccepted',
  'settled',
  'succeeded',
  'skipped',
  'failed',
  'fellBack',
  'joined',
  'gone',
  'quarantineIntended',
  'quarantined',
  'quarantineFailed',
  'redirected',
  'modelRestored',
  'guardRestored',
  'recovered',
  'leaseTakenOver',
  'ended',
  ...COMMANDS,
] as const;

export type EventKind = (typeof EVENT_KINDS)[number];

/** An event that is about to be written: time and number are given then. */
export interface RolloutEvent {
  readonly kind: EventKind;
  /** For people, as `core/messages/audit.ts` says it. */
  readonly message: string;
  readonly batch?: number;
  readonly instances?: readonly string[];
  readonly by?: string;
  readonly etag?: string;
  /** ARM's own id of the request. */
  readonly requestId?: string;
  /** Of a write that was refused or failed: the HTTP status and the service's own code. */
  readonly status?: number;
  readonly code?: string;
}

/** One line of the append-only audit: what happened, who caused it, and why. */
export interface AuditEvent extends Omit<RolloutEvent, 'kind'> {
  /** Perhaps of a newer build, whose deployment was taken back: nothing is decided by it, so it is told as it stands. */
  readonly kind: string;
  readonly sequence: number;
  readonly time: string;
}
