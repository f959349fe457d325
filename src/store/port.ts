/** Where a document lives. Partition and row hold only letters, digits, `-`, `_`, `.` and `:`. */
export interface DocumentKey {
  readonly table: Table;
  readonly partition: string;
  readonly row: string;
}

/**
 * What the app keeps, one table an idea:
 * `rollouts` records, by id · `index` newest first · `keys` idempotency keys · `leases` one a scale set ·
 * `commands` the command log · `instances` the ledger · `operations` every ARM write and how it ended ·
 * `events` the append-only audit.
 */
export const TABLES = [
  'rollouts',
  'index',
  'keys',
  'leases',
  'commands',
  'instances',
  'operations',
  'events',
] as const;
export type Table = (typeof TABLES)[number];

export interface Stored {
  readonly row: string;
  readonly etag: string;
  /** As it was written, through JSON; whoever reads it validates it. */
  readonly value: unknown;
}

export interface ListOptions {
  /** Only rows strictly after this one. */
  readonly after?: string;
  readonly top?: number;
}

/** Documents with ETags. Values are plain JSON data of at most 400 KB. A failure to reach the store throws. */
export interface Documents {
  get(key: DocumentKey): Promise<Stored | undefined>;
  /** Writes a new document; `undefined` when one exists already: then nothing is changed. */
  insert(key: DocumentKey, value: unknown): Promise<Stored | undefined>;
  /** Replaces the version that `etag` names; `undefined` when it has moved or is gone: then nothing is changed. */
  replace(key: DocumentKey, value: unknown, etag: string): Promise<Stored | undefined>;
  /** Writes whatever stood there before; rows of one partition, at most 100 in one transaction. */
  putAll(table: Table, partition: string, rows: readonly DocumentRow[]): Promise<void>;
  /** A partition's documents in ascending order of their rows (plain code-unit order). */
  list(table: Table, partition: string, options?: ListOptions): Promise<readonly Stored[]>;
  /** Removes a document if it is there. */
  remove(key: DocumentKey): Promise<void>;
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
  /** Removes a blob if it is there. */
  remove(name: string): Promise<void>;
}

export interface Store {
  readonly documents: Documents;
  readonly blobs: Blobs;
}
