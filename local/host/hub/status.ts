import type { Schema } from '../durable/wire/failure.ts';
import type { RuntimeStatus } from '../durable/wire/runtime-status.ts';
import type { InstanceRecord, Store } from '../ports.ts';

/** One instance as the management API and the durable client show it. */
export interface InstanceStatus {
  readonly name: string;
  /** From 3.x on, and only where it was started with one. */
  readonly version?: string;
  readonly instanceId: string;
  /** From 3.x on, and only of sub-orchestrations. */
  readonly parentInstanceId?: string;
  readonly runtimeStatus: RuntimeStatus;
  readonly input: unknown;
  readonly customStatus: unknown;
  readonly output: unknown;
  /** ISO with seconds, for example `2026-01-02T03:04:05Z`. */
  readonly createdTime: string;
  readonly lastUpdatedTime: string;
}

export interface InstanceFilter {
  /** Also names of statuses that no instance here has. */
  readonly runtimeStatus?: readonly string[] | undefined;
  /** Milliseconds, inclusive. */
  readonly createdFrom?: number | undefined;
  readonly createdTo?: number | undefined;
  readonly instanceIdPrefix?: string | undefined;
  readonly updatedFrom?: number | undefined;
  readonly updatedTo?: number | undefined;
}

export function statusOf(record: InstanceRecord, schema: Schema): InstanceStatus {
  const { version, parentInstanceId } = record;
  return {
    name: record.name,
    ...(schema === 4 && version !== null ? { version } : {}),
    instanceId: record.instanceId,
    ...(schema === 4 && parentInstanceId !== null ? { parentInstanceId } : {}),
    runtimeStatus: record.status,
    input: parsedOrText(record.input),
    customStatus: parsedOrText(record.customStatus),
    output: parsedOrText(record.output),
    createdTime: secondsText(record.createdAt),
    lastUpdatedTime: secondsText(record.updatedAt),
  };
}

/** Ordered by instance id, children included (golden 5.5). */
export function queryInstances(store: Store, filter: InstanceFilter): readonly InstanceRecord[] {
  const { runtimeStatus, createdFrom, createdTo, instanceIdPrefix, updatedFrom, updatedTo } = filter;
  return store
    .instances()
    .filter(
      (record) =>
        (runtimeStatus === undefined ||
          runtimeStatus.length === 0 ||
          runtimeStatus.includes(record.status)) &&
        (createdFrom === undefined || record.createdAt >= createdFrom) &&
        (updatedFrom === undefined || record.updatedAt >= updatedFrom) &&
        (updatedTo === undefined || record.updatedAt <= updatedTo) &&
        (createdTo === undefined || record.createdAt <= createdTo) &&
        (instanceIdPrefix === undefined || record.instanceId.startsWith(instanceIdPrefix)),
    );
}

/** Failure texts and reasons are no JSON and stay as they are; a reason that is JSON is parsed (golden 5.3). */
export function parsedOrText(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function secondsText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
