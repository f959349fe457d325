import { byInstanceId } from '../core/instance/instances.ts';
import type { LedgerRow } from '../core/record/ledger.ts';
import type { Operation } from '../core/record/operation.ts';
import type { RolloutRecord } from '../core/record/rollout.ts';
import { appended, chainHeadIn, isOfOneCommit } from './audit.ts';
import { chunkOf, chunksIn, openChunks } from './chunk-list.ts';
import type { ChunkList, Kind, Next } from './chunk-list.ts';
import type { Cipher } from './cipher.ts';
import { commandsIn } from './commands.ts';
import { numbered, trailOf } from './events.ts';
import { ledgerRow } from './formats/ledger-row.ts';
import { operation } from './formats/operation.ts';
import { isWithinLimits, MOST_DOCUMENTS } from './limits.ts';
import { outboxOf } from './outbox.ts';
import { AFTER_CHUNKS, CHAIN, HEAD, isChunk, sealHead, TABLE, unsealHead } from './partition.ts';
import type { Head } from './partition.ts';
import type { Change, Store, Stored } from './port.ts';
import { remembering } from './remembering.ts';
import { RecordMovedError } from './rollouts.ts';
import type { Rewrite, StoredRollout } from './rollouts.ts';

/** What a commit makes of a rollout, beside what was put into its records. */
export interface Commit extends Rewrite {
  /** Of the record that this was decided from. */
  readonly etag: string;
}

export interface Committed {
  readonly record: RolloutRecord;
  readonly etag: string;
}

/**
 * A rollout's record, its instances' rows, its operations and its command log, all read at one time; and what was put
 * in since, which takes effect with the next commit: all of it, or nothing.
 */
export interface Records extends StoredRollout {
  /** In the order of their instance ids. */
  readonly rows: readonly LedgerRow[];
  /** In the order of their keys. */
  readonly operations: readonly Operation[];
  /** Whether something waits for the next commit. */
  readonly isChanged: boolean;
  putRows(rows: readonly LedgerRow[]): void;
  putOperation(operation: Operation): void;
  /** Writes all of it, or throws a RecordMovedError where this comes too late. */
  commit(commit: Commit): Promise<Committed>;
}

const ROWS: Kind<LedgerRow> = {
  name: 'rows',
  chunk: chunkOf(ledgerRow),
  keyOf: ({ instanceId }) => instanceId,
  compare: byInstanceId,
};

const OPERATIONS = chunkOf(operation);

/** Where Azure says to look an operation up is signed: whoever has it may read the operation. */
function operationsOf(rollout: string, given: Cipher): Kind<Operation> {
  const cipher = remembering(given);
  const place = `${TABLE}/${rollout}/operations`;
  const withUrl = (item: Operation, change: Cipher['encrypt']): Operation =>
    item.pollUrl === undefined ? item : { ...item, pollUrl: change(item.pollUrl, place) };
  return {
    name: 'operations',
    chunk: OPERATIONS,
    keyOf: ({ key }) => key,
    compare: (a, b) => (a < b ? -1 : 1),
    hide: (item) => withUrl(item, cipher.encrypt),
    reveal: (item) => withUrl(item, cipher.decrypt),
  };
}

/** A list of many chunks takes several answers, and a commit between two of them gives chunks up. */
const MOST_READS = 5;

/** `undefined` where there is no such rollout. One request, or a few for a set with a long tale to tell. */
export async function readRecords(store: Store, id: string): Promise<Records | undefined> {
  let seen: string | undefined;
  for (let reads = 1; ; reads += 1) {
    const found = await store.documents.list(TABLE, id, { before: AFTER_CHUNKS });
    const documents = new Map(found.map((document) => [document.row, document]));
    const stored = documents.get(HEAD);
    if (stored === undefined) return undefined;
    const head = unsealHead(id, stored, store.cipher);
    const missing = Object.values(head.chunks)
      .flat()
      .find((name) => !documents.has(name));
    const isSettled = seen === stored.etag || isOfOneCommit(chainHeadIn(found), head.record);
    // fence V3: a read that came across a commit is repeated
    if (missing === undefined && isSettled)
      return new OpenRecords(store, { documents, head, etag: stored.etag });
    if (reads === MOST_READS)
      throw new Error(`${missing ?? CHAIN} is missing among the records of rollout ${id}`);
    seen = stored.etag;
  }
}

interface Read {
  readonly documents: ReadonlyMap<string, Stored>;
  readonly head: Head;
  readonly etag: string;
}

class OpenRecords implements Records {
  readonly commands: Records['commands'];
  readonly #store: Store;
  readonly #rows: ChunkList<LedgerRow>;
  readonly #operations: ChunkList<Operation>;
  #head: Head;
  #chain: Records['chain'];
  #etag: string;
  /** Chunks of runs that died, or of changes that were too large to clear away what they gave up. */
  #orphans: readonly string[];

  constructor(store: Store, { documents, head, etag }: Read) {
    const from = { store: store.documents, documents };
    const valid = new Set(Object.values(head.chunks).flat());
    this.#store = store;
    this.#rows = openChunks(ROWS, chunksIn(ROWS, head.chunks.rows, from));
    const ofOperations = operationsOf(head.record.id, store.cipher);
    this.#operations = openChunks(ofOperations, chunksIn(ofOperations, head.chunks.operations, from));
    this.commands = commandsIn(head.record.id, [...documents.values()]);
    this.#head = head;
    this.#chain = chainHeadIn([...documents.values()]);
    this.#etag = etag;
    this.#orphans = [...documents.keys()].filter((name) => isChunk(name) && !valid.has(name));
  }

  get record(): RolloutRecord {
    return this.#head.record;
  }

  get chunks(): Head['chunks'] {
    return this.#head.chunks;
  }

  get chain(): Records['chain'] {
    return this.#chain;
  }

  get etag(): string {
    return this.#etag;
  }

  get rows(): readonly LedgerRow[] {
    return this.#rows.items;
  }

  get operations(): readonly Operation[] {
    return this.#operations.items;
  }

  get isChanged(): boolean {
    return this.#rows.isChanged || this.#operations.isChanged;
  }

  putRows(rows: readonly LedgerRow[]): void {
    this.#rows.put(rows);
  }

  putOperation(changed: Operation): void {
    this.#operations.put([changed]);
  }

  async commit({ events, time, etag, record: decided }: Commit): Promise<Committed> {
    const told = numbered(events, { after: decided.lastEvent, time });
    const record = { ...decided, lastEvent: decided.lastEvent + told.length };
    const people = this.commands.map(({ by }) => by);
    const audited = appended({ record, events: told, chain: this.#chain, people });
    const telling = { before: this.#head.record, after: record, events: told, commands: this.commands };
    const outbox = outboxOf({ ...telling, isFirst: this.#chain === undefined }, { etag, at: time });
    // fence I22: what is told goes into the audit in the same transaction
    const trail = [...trailOf(told), ...audited.puts];
    // fence V9: what happened is told in the transaction that makes it so
    trail.push(...outbox);
    const next = { rows: this.#rows.next(), operations: this.#operations.next() };
    const givenUp = [...this.#orphans, ...next.rows.dropped, ...next.operations.dropped];
    const written = await write(this.#store, { record, trail, etag, next, givenUp });
    this.#rows.keep(next.rows);
    this.#operations.keep(next.operations);
    this.#head = { record, chunks: written.chunks };
    this.#chain = audited.head;
    this.#etag = written.etag;
    this.#orphans = givenUp.filter((name) => !written.removed.includes(name));
    return { record, etag: written.etag };
  }
}

/**
 * One transaction, if all fits into it. Else the new chunks go first: nobody reads them before the head names them, and
 * if it never does, whoever changes the rollout next clears them away. What was given up is cleared away as far as there
 * is room; only who has the head's ETag may do so, or the chunks of a run that is about to commit would go.
 */
async function write(
  { documents, cipher }: Store,
  {
    record,
    trail,
    etag,
    next,
    givenUp,
  }: Committed & {
    readonly trail: Change['puts'];
    readonly next: { readonly rows: Next<LedgerRow>; readonly operations: Next<Operation> };
    readonly givenUp: readonly string[];
  },
): Promise<{
  readonly etag: string;
  readonly chunks: Head['chunks'];
  readonly removed: readonly string[];
}> {
  const names = (chunks: readonly { readonly name: string }[]): string[] => chunks.map(({ name }) => name);
  const chunks = { rows: names(next.rows.chunks), operations: names(next.operations.chunks) };
  const ofChunks = [...next.rows.puts, ...next.operations.puts];
  const changeOf = (puts: Change['puts']): Change => ({
    table: TABLE,
    partition: record.id,
    head: { row: HEAD, value: sealHead({ record, chunks }, cipher), etag },
    puts,
    removes: givenUp.slice(0, Math.max(0, MOST_DOCUMENTS - 1 - puts.length)),
  });
  const whole = changeOf([...ofChunks, ...trail]);
  const isOne = isWithinLimits(whole);
  if (!isOne) await documents.putAll(TABLE, record.id, ofChunks);
  const change = isOne ? whole : changeOf(trail);
  const stored = await documents.commit(change);
  // fence I3: a record is replaced only by who has read it
  if (stored === undefined) throw new RecordMovedError(`the record of rollout ${record.id} has moved`);
  return { etag: stored.etag, chunks, removed: change.removes };
}
