import type { ChainHead } from '../core/audit/chain.ts';
import type { Command } from '../core/record/command.ts';
import type { RolloutEvent } from '../core/record/events.ts';
import type { RolloutRecord } from '../core/record/rollout.ts';
import { appended, chainHeadIn, isOfOneCommit, listChain } from './audit.ts';
import { commandsIn } from './commands.ts';
import { numbered, trailOf } from './events.ts';
import { enlist } from './list.ts';
import { follow } from './notices.ts';
import { outboxOf } from './outbox.ts';
import { AFTER_HEAD, HEAD, sealHead, TABLE, unsealHead } from './partition.ts';
import type { Head } from './partition.ts';
import type { Store } from './port.ts';

/** Somebody else has written the record meanwhile: what was decided from it no longer holds. */
export class RecordMovedError extends Error {
  override readonly name = 'RecordMovedError';
}

/** A rollout's record and its command log, read at one time. */
export interface StoredRollout extends Head {
  /** Only who knows it may write the record. */
  readonly etag: string;
  readonly commands: readonly Command[];
  /** How far its audit has come; absent before the first record. */
  readonly chain: ChainHead | undefined;
}

/** One request, or a few across a commit; its rows and operations are not read. */
export async function readRollout(
  { documents, cipher }: Store,
  id: string,
): Promise<StoredRollout | undefined> {
  let seen: string | undefined;
  for (;;) {
    const found = await documents.list(TABLE, id, { before: AFTER_HEAD });
    const stored = found.find(({ row }) => row === HEAD);
    if (stored === undefined) return undefined;
    const { etag } = stored;
    const head = unsealHead(id, stored, cipher);
    const chain = chainHeadIn(found);
    if (seen === etag || isOfOneCommit(chain, head.record))
      return { ...head, etag, commands: commandsIn(id, found), chain };
    seen = etag;
  }
}

export interface Rewrite {
  /** As it shall be; the number of its last event is seen to here. */
  readonly record: RolloutRecord;
  /** What has happened, and when it is told. */
  readonly events: readonly RolloutEvent[];
  readonly time: string;
}

/**
 * Writes the record and what happened, in one go; rows and operations stay as they are. Throws a RecordMovedError where
 * somebody else was faster.
 */
export async function rewriteRecord(
  { documents, cipher }: Store,
  { chunks, etag, chain, commands, record: stored }: StoredRollout,
  { record: before, events, time }: Rewrite,
): Promise<RolloutRecord> {
  const numberedEvents = numbered(events, { after: before.lastEvent, time });
  const record = { ...before, lastEvent: before.lastEvent + numberedEvents.length };
  const head = { row: HEAD, value: sealHead({ record, chunks }, cipher), etag };
  const people = commands.map(({ by }) => by);
  const audited = appended({ record, events: numberedEvents, chain, people });
  const telling = { before: stored, after: record, events: numberedEvents, commands };
  const outbox = outboxOf({ ...telling, isFirst: chain === undefined }, { etag, at: time });
  const change = {
    table: TABLE,
    partition: record.id,
    head,
    puts: [...trailOf(numberedEvents), ...audited.puts, ...outbox],
    removes: [],
  } as const;
  if ((await documents.commit(change)) === undefined) {
    throw new RecordMovedError(`the record of rollout ${record.id} has moved`);
  }
  return record;
}

/**
 * Writes a new rollout down and lists it; one that is there already stays as it is, and is listed if a run that died
 * has not come to that. Answers with the one that is there.
 */
export async function insertRollout(store: Store, record: RolloutRecord): Promise<RolloutRecord> {
  await Promise.all([listChain(store, record.id), follow(store, record.id)]);
  const key = { table: TABLE, partition: record.id, row: HEAD } as const;
  const head = sealHead({ record, chunks: { rows: [], operations: [] } }, store.cipher);
  const isNew = (await store.documents.insert(key, head)) !== undefined;
  const kept = isNew ? record : ((await readRollout(store, record.id))?.record ?? record);
  await enlist(store, kept);
  return kept;
}
