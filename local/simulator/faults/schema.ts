import { z } from 'zod';
import {
  Autoscale,
  ClockJump,
  Eviction,
  ForeignCapacity,
  ForeignModel,
  ForeignUpgrade,
  ImagePublication,
  OsUpgrade,
  Repair,
} from './kinds/events.ts';
import {
  BadImage,
  ExtensionFails,
  FlappingHealth,
  InstanceShows,
  SickInstance,
  SlowInstance,
  StaleFailure,
  ViewLag,
} from './kinds/instances.ts';
import {
  DropsField,
  IgnoredChange,
  OperationCanceled,
  OperationFails,
  OperationPreempted,
  SideEffect,
  SilentlySkips,
} from './kinds/operations.ts';
import {
  AccessDenied,
  DelayedAnswer,
  GarbledAnswer,
  LostAnswer,
  PartialView,
  OperationShows,
  Refused,
  ServerError,
  ShortList,
  SlowAnswer,
  StrayOperationUrl,
  Throttle,
} from './kinds/requests.ts';
import { QuotaShortage, ServiceUnavailable, SetShows, SlowService, Unreachable } from './kinds/service.ts';

/** What can go wrong, as data. */
export const Fault = z.discriminatedUnion('kind', [
  LostAnswer,
  GarbledAnswer,
  PartialView,
  DelayedAnswer,
  ServerError,
  Throttle,
  AccessDenied,
  Refused,
  StrayOperationUrl,
  ShortList,
  SlowAnswer,
  OperationShows,
  OperationFails,
  OperationPreempted,
  OperationCanceled,
  SilentlySkips,
  IgnoredChange,
  SideEffect,
  DropsField,
  BadImage,
  SickInstance,
  FlappingHealth,
  SlowInstance,
  StaleFailure,
  ViewLag,
  ExtensionFails,
  InstanceShows,
  ForeignModel,
  ForeignCapacity,
  ForeignUpgrade,
  Autoscale,
  Eviction,
  Repair,
  ImagePublication,
  ClockJump,
  OsUpgrade,
  Unreachable,
  QuotaShortage,
  ServiceUnavailable,
  SlowService,
  SetShows,
]);

export type Fault = z.infer<typeof Fault>;
/** A fault as it is written down: fields with defaults may be left out. */
export type FaultInput = z.input<typeof Fault>;
export type FaultOf<K extends Fault['kind']> = Extract<Fault, { kind: K }>;
export type RequestFault = FaultOf<
  | 'lostAnswer'
  | 'garbledAnswer'
  | 'partialView'
  | 'delayedAnswer'
  | 'serverError'
  | 'throttle'
  | 'accessDenied'
  | 'refused'
  | 'strayOperationUrl'
  | 'shortList'
  | 'slowAnswer'
  | 'operationShows'
  | 'operationFails'
  | 'operationPreempted'
  | 'operationCanceled'
  | 'silentlySkips'
  | 'ignoredChange'
  | 'sideEffect'
  | 'dropsField'
>;
export type Ailment = FaultOf<'badImage' | 'sickInstance' | 'flappingHealth'>;
export type OnceFault = FaultOf<
  | 'foreignModel'
  | 'foreignCapacity'
  | 'foreignUpgrade'
  | 'autoscale'
  | 'eviction'
  | 'repair'
  | 'imagePublication'
  | 'clockJump'
  | 'osUpgrade'
>;

/** Thrown when a fault is not written as the schema says; the message names each wrong place. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
}

export function parseFault(input: unknown): Fault {
  const parsed = Fault.safeParse(input);
  if (!parsed.success) throw new FaultError(`This is no fault:\n${z.prettifyError(parsed.error)}`);
  const fault = parsed.data;
  if (
    'afterWrites' in fault &&
    'atSeconds' in fault &&
    fault.afterWrites !== undefined &&
    fault.atSeconds !== undefined
  ) {
    throw new FaultError(
      `This is no fault:\n${fault.kind} happens either atSeconds or afterWrites, not both`,
    );
  }
  return fault;
}
