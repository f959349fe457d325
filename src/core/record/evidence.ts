import type { Instance, Sign } from '../instance/instances.ts';
import { unsigned } from '../model/secrets.ts';
import type { Operation } from './operation.ts';

/** One status as the service showed it. */
interface Shown {
  readonly state: string;
  readonly message?: string;
  readonly at?: string;
}

/** What an instance showed when it was found to have failed, and what had been written to it. */
export interface Evidence {
  readonly seenAt: string;
  readonly provisioning: Shown & { readonly code?: string };
  readonly power: string | null;
  readonly agent: Shown | null;
  readonly health: Shown | null;
  readonly extensions: readonly (Shown & { readonly name: string })[];
  readonly image: string;
  readonly latestModelApplied: boolean;
  readonly attempts: number;
  /** Our latest write to it; absent where there was none. */
  readonly write?: {
    readonly action: string;
    readonly status: string;
    readonly intendedAt: string;
    readonly acceptedAt?: string;
    readonly endedAt?: string;
    readonly requestId?: string;
    readonly error?: { readonly code: string; readonly message: string };
  };
  /** By when it had to be healthy. */
  readonly healthyBy?: string;
}

/** How one instance failed. */
export interface InstanceFailure {
  readonly code: string;
  readonly message: string;
  readonly evidence?: Evidence;
}

/** With these an evidence stays below 10 KB, whatever the service says. */
const MOST_EXTENSIONS = 8;
const LONGEST_MESSAGE = 600;

/** Long words of others, cut, and without signatures. */
export function words(text: string, most = LONGEST_MESSAGE): string {
  const safe = unsigned(text);
  return safe.length <= most ? safe : `${safe.slice(0, most - 1)}…`;
}

/** All that can be known of a failed instance at this look. `healthyBy` is in milliseconds since the epoch. */
export function evidenceOf(
  instance: Instance,
  {
    now,
    attempts,
    operation,
    healthyBy,
  }: {
    readonly now: number;
    readonly attempts: number;
    readonly operation?: Operation | undefined;
    readonly healthyBy?: number | undefined;
  },
): Evidence {
  const { provisioning, extensions = [] } = instance;
  // The failed ones are what somebody looks for.
  const failedFirst = extensions.toSorted((a, b) => Number(isWell(a)) - Number(isWell(b)));
  return {
    seenAt: new Date(now).toISOString(),
    provisioning: {
      ...(provisioning && { ...shownOf(provisioning), code: provisioning.state }),
      state: instance.provisioningState,
    },
    power: instance.power ?? null,
    agent: instance.agent === undefined ? null : shownOf(instance.agent),
    health: instance.health === undefined ? null : shownOf(instance.health),
    extensions: failedFirst
      .slice(0, MOST_EXTENSIONS)
      .map((extension) => ({ name: words(extension.name, 100), ...shownOf(extension) })),
    image: instance.image,
    latestModelApplied: instance.latestModelApplied,
    attempts,
    ...(operation && { write: writeOf(operation) }),
    ...(healthyBy !== undefined && { healthyBy: new Date(healthyBy).toISOString() }),
  };
}

function isWell({ state }: Sign): boolean {
  return state === 'succeeded';
}

function shownOf({ state, message, at }: Sign): Shown {
  return {
    state: words(state, 100),
    ...(message !== undefined && { message: words(message) }),
    ...(at !== undefined && { at: new Date(at).toISOString() }),
  };
}

function writeOf(operation: Operation): NonNullable<Evidence['write']> {
  const { action = 'upgrade', status, intendedAt, acceptedAt, endedAt, requestId, error } = operation;
  return {
    action,
    status,
    intendedAt,
    ...(acceptedAt !== undefined && { acceptedAt }),
    ...(endedAt !== undefined && { endedAt }),
    ...(requestId !== undefined && { requestId }),
    ...(error && { error: { code: error.code, message: words(error.message) } }),
  };
}
