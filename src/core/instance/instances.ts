import type { ShownDisk } from './disks.ts';

/** Numeric where both are numbers: instance 9 comes before instance 10. */
export function byInstanceId(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (Number.isFinite(difference) && difference !== 0) return difference;
  return a < b ? -1 : Number(a > b);
}

/** Words for a state in which nothing is being done: a canceled operation leaves one of its own. */
const AT_REST = new Set(['Succeeded', 'Failed', 'Canceled']);

export function isAtRest({ provisioningState }: Pick<Instance, 'provisioningState'>): boolean {
  return AT_REST.has(provisioningState);
}

/** What an instance view shows of one status: its words and when the service saw it. */
export interface Sign {
  /** The last parts of the status code in lower case, for example `succeeded`, `failed/OSProvisioningTimedOut`. */
  readonly state: string;
  /** Of a health state: the service's own word, where this app does not know it. */
  readonly word?: string;
  /** Milliseconds since the epoch; absent where the service sends no time. */
  readonly at?: number;
  readonly message?: string;
}

/** What one extension of an instance reports of itself: `succeeded`, `transitioning`, `failed/1`, ... */
export interface ExtensionSign extends Sign {
  readonly name: string;
  /** It is the one that tells how the instance is: that is read as its health. */
  readonly reportsHealth?: boolean;
}

/** One instance of a scale set as the service last showed it; views may lag by some seconds to minutes. */
export interface Instance {
  readonly instanceId: string;
  readonly name: string;
  readonly zone?: string;
  readonly placementGroup?: string;
  readonly updateDomain?: number;
  readonly faultDomain?: number;
  readonly latestModelApplied: boolean;
  /** The resource's own state: Creating, Updating, Succeeded, Failed, Deleting, Migrating, Canceled, or a word that nobody here knows. */
  readonly provisioningState: string;
  /** The instance view's provisioning status, with its time. */
  readonly provisioning?: Sign;
  /** `running`, `stopped`, `deallocated`, ... */
  readonly power?: string;
  /** The guest agent's report; `succeeded` when it is ready. */
  readonly agent?: Sign;
  /** It was made without a guest agent, so nobody waits for its report. */
  readonly isAgentless?: true;
  /** `healthy`, `unhealthy`, `initializing`, `unknown`; absent without any health signal. */
  readonly health?: Sign;
  /** In the order of the view; absent without any. */
  readonly extensions?: readonly ExtensionSign[];
  /** The image it runs: exact version for platform and gallery images, else the image's id or URI. */
  readonly image: string;
  /** Protected from actions of the scale set: an upgrade would leave it alone. */
  readonly isProtected: boolean;
  readonly vmSize?: string;
  /** The machine itself: Azure may give the id of one that is gone to another. */
  readonly vmId?: string;
  /** Absent where it has none. */
  readonly dataDisks?: readonly ShownDisk[];
}
