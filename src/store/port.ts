import type { Cipher } from './cipher.ts';

/** Where a document lives. Partition and row hold only letters, digits, `-`, `_`, `.` and `:`. */
export interface DocumentKey {
  readonly table: Table;
  readonly partition: string;
  readonly row: string;
}

/**
 * What the app keeps, one table an idea: `rollouts` all of a rollout, a partition each · `index` newest first ·
 * `keys` idempotency keys · `leases` one a scale set · `switches` what holds for all rollouts · `schedules` schedules and
 * what they have seen · `notices` what is on its way to whom · `campaigns` all of a campaign, a partition each, and the
 * list of them.
 */
export const TABLES = [
  'rollouts',
  'index',
  'keys',
  'leases',
  'switches',
  'schedules',
  'notices',
  'campaigns',
] as const;
export type Table = (typeof TABLES)[number];

export interface Stored {
  readonly row: string;
  readonly etag: string;
  /** As it was written, through JSON; whoever reads it validates it. */
  readonly value: unknown;
}

export interface ListOptions {
  /** Only rows strictly after this one, and only those strictly before this one. */
  readonly after?: string;
  readonly before?: string;
  readonly top?: number;
}

/** One change of a partition: all of it takes effect, or nothing. */
export interface Change {
  readonly table: Table;
  readonly partition: string;
  /** The document that the change depends on: it must still be the version that `etag` names. */
  readonly head: DocumentRow & { readonly etag: string };
  /** Written whatever stood there before. */
  readonly puts: readonly DocumentRow[];
  /** Documents to remove; each must be there. */
  readonly removes: readonly string[];
}

/** Documents with ETags. Values are plain JSON data of at most 400 KB. A failure to reach the store throws. */
export interface Documents {
  get(key: DocumentKey): Promise<Stored | undefined>;
  /** Writes a new document; `undefined` when one exists already: then nothing is changed. */
  insert(key: DocumentKey, value: unknown): Promise<Stored | undefined>;
  /** Replaces the version that `etag` names; `undefined` when it has moved or is gone: then nothing is changed. */
  replace(key: DocumentKey, value: unknown, etag: string): Promise<Stored | undefined>;
  /**
   * Replaces the head and changes the other documents in one transaction; `undefined` when the head has moved or is
   * gone, or a document to remove is: then nothing is changed. Throws a RangeError for more than 100 documents or 3.5
   * MB, and for a document that is named twice.
   */
  commit(change: Change): Promise<Stored | undefined>;
  /** Writes whatever stood there before; rows of one partition, at most 100 in one transaction. */
  putAll(table: Table, partition: string, rows: readonly DocumentRow[]): Promise<void>;
  /** A partition's documents in ascending order of their rows (plain code-unit order). */
  list(table: Table, partition: string, options?: ListOptions): Promise<readonly Stored[]>;
  /** Removes a document if it is there. */
  remove(key: DocumentKey): Promise<void>;
  /** Removes documents of one partition, at most 100; those that are not there are none too few. */
  removeAll(table: Table, partition: string, rows: readonly string[]): Promise<void>;
}

export interface DocumentRow {
  readonly row: string;
  readonly value: unknown;
}

/** Write-once texts that are too large for a document: plans and model snapshots. */
export interface Blobs {
  read(name: string): Promise<string | undefined>;
  /** Writes a new blob; false when the name is taken already: then nothing is changed. */
  create(name: string, text: string): Promise<boolean>;
  /** Names of blobs that begin so, in ascending order: at most `top`. */
  list(prefix: string, top: number): Promise<readonly string[]>;
  /** Removes a blob if it is there. */
  remove(name: string): Promise<void>;
}

export interface Store {
  readonly documents: Documents;
  readonly blobs: Blobs;
  /** Blobs that the service itself lets nobody change or remove, once they are written. */
  readonly anchors: Pick<Blobs, 'read' | 'create'>;
  /** For what whoever reads the store must not see. */
  readonly cipher: Cipher;
}
