import type { RolloutRecord } from '../core/record/rollout.ts';
import type { Store } from './port.ts';

/** A record as it was read: only who knows its ETag may replace it. */
export interface StoredRollout {
  readonly record: RolloutRecord;
  readonly etag: string;
}

/** Somebody else has written the record meanwhile: what was decided from it no longer holds. */
export class RecordMovedError extends Error {
  override readonly name = 'RecordMovedError';
}

const keyOf = (id: string) => ({ table: 'rollouts', partition: id, row: 'record' }) as const;

export async function readRollout({ documents }: Store, id: string): Promise<StoredRollout | undefined> {
  const stored = await documents.get(keyOf(id));
  // Only this app writes here.
  return stored && { record: stored.value as RolloutRecord, etag: stored.etag };
}

/**
 * Writes a new rollout down and lists it; one that is there already stays as it is, and is listed if a run that died
 * has not come to that. Answers with the one that is there.
 */
export async function insertRollout(store: Store, record: RolloutRecord): Promise<RolloutRecord> {
  const isNew = (await store.documents.insert(keyOf(record.id), record)) !== undefined;
  const kept = isNew ? record : ((await readRollout(store, record.id))?.record ?? record);
  const row = `${invertedTime(kept.createdAt)}-${kept.id}`;
  await store.documents.insert({ table: 'index', partition: 'rollouts', row }, { id: kept.id });
  return kept;
}

export async function replaceRollout(
  store: Store,
  record: RolloutRecord,
  etag: string,
): Promise<StoredRollout> {
  const stored = await store.documents.replace(keyOf(record.id), record, etag);
  // fence I3: a record is replaced only by who has read it
  if (stored === undefined) throw new RecordMovedError(`the record of rollout ${record.id} has moved`);
  return { record, etag: stored.etag };
}

export interface IndexEntry {
  readonly row: string;
  readonly id: string;
}

/** Rollouts, newest first, after the row of an earlier page. */
export async function listRollouts(
  store: Store,
  top: number,
  after?: string,
): Promise<readonly IndexEntry[]> {
  const rows = await store.documents.list('index', 'rollouts', {
    top,
    ...(after !== undefined && { after }),
  });
  return rows.map(({ row, value }) => ({ row, id: (value as { id: string }).id }));
}

/** How far back rollouts are looked through. */
const MOST_LOOKED_AT = 300;

/** The latest rollouts, newest first. */
export async function readLatestRollouts(store: Store): Promise<readonly RolloutRecord[]> {
  const entries = await listRollouts(store, MOST_LOOKED_AT);
  const stored = await Promise.all(entries.map(({ id }) => readRollout(store, id)));
  return stored.flatMap((found) => (found === undefined ? [] : [found.record]));
}

const LATEST_MS = 9_999_999_999_999;

/** Tables list in ascending order only: the newer, the smaller. */
function invertedTime(time: string): string {
  return String(LATEST_MS - Date.parse(time)).padStart(13, '0');
}
