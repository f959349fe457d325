import type { BucketRule } from './buckets.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What bringing an instance to another model takes; only `resize` and `image` take it out of service. */
export type UpgradeClass = 'none' | 'model' | 'extensions' | 'resize' | 'image';

/** What else can be done to an instance. */
export type ActionClass =
  | 'reimage'
  | 'restart'
  | 'redeploy'
  | 'start'
  | 'powerOff'
  | 'deallocate'
  | 'reapply'
  | 'disks';

export type WorkClass = UpgradeClass | ActionClass;

/** `upgradeStarted` and `upgradeEnded` in the log of an instance, or `actionStarted` and `actionEnded`. */
export type WorkEntry = 'upgrade' | 'action';

/** One REST operation of the service, or something that it does by itself. */
export interface OperationRow {
  /** Absent where nobody can ask for it. */
  readonly route?: Route;
  /** What requests of it draw on. */
  readonly buckets: readonly BucketRule[];
  /** The kind under which the log and faults know it; its own name when absent. */
  readonly logged?: string;
  /** What its work on an instance is called in the log; absent where it does none. */
  readonly entry?: WorkEntry;
  /** Its step on each instance; an upgrade finds out by itself what each one needs. */
  readonly work?: ActionClass;
}

export interface Route {
  readonly method: Method;
  /** Literal segments and `:name` parameters; after `?` what the query has to say. */
  readonly path: string;
}

export const get = (path: string, buckets: readonly BucketRule[] = []) => ({
  route: { method: 'GET', path } as const,
  buckets,
});

/** A read that the log knows under a name which it shares with others. */
export const getAs = <const L extends string>(
  logged: L,
  path: string,
  buckets: readonly BucketRule[] = [],
) => ({ ...get(path, buckets), logged });

/** A write without work of its own on instances. */
export const write = (method: Method, path: string, buckets: readonly BucketRule[]) => ({
  route: { method, path },
  buckets,
});

/** A write after which instances are brought to a model. */
export const upgrade = (method: Method, path: string, buckets: readonly BucketRule[]) => ({
  ...write(method, path, buckets),
  entry: 'upgrade' as const,
});

/** A write that does one and the same thing to instances. */
export const action = (method: Method, path: string, buckets: readonly BucketRule[], work: ActionClass) => ({
  ...write(method, path, buckets),
  entry: 'action' as const,
  work,
});

/** Work that the platform begins by itself. */
export const byPlatform = (entry: WorkEntry) => ({ buckets: [], entry });
