import { z } from 'zod';
import { count, maybe, schemaOf, text, texts, time } from '../core/model/schemas.ts';
import { seal, unseal } from './formats/format.ts';
import type { DocumentKey, Store, Stored } from './port.ts';

/*
 * `following`: rollouts that may have something in their outbox · `queue`: deliveries on their way, one a notice and
 * target · `dead`: those that were given up.
 */

const TABLE = 'notices';

const keyOf = (partition: 'following' | Lot, row: string): DocumentKey => ({ table: TABLE, partition, row });

const following = z.strictObject({ told: texts });

/** Has a rollout's outbox looked at from now on; one that is already looked at stays as it is. */
export async function follow({ documents }: Store, rollout: string): Promise<void> {
  await documents.insert(keyOf('following', rollout), seal({ told: [] }));
}

/** Rollouts whose outbox is looked at, in the order in which they were accepted. */
export async function listFollowed({ documents }: Store): Promise<readonly string[]> {
  return (await documents.list(TABLE, 'following')).map(({ row }) => row);
}

/** At most 100. */
export async function unfollow({ documents }: Store, rollouts: readonly string[]): Promise<void> {
  if (rollouts.length > 0) await documents.removeAll(TABLE, 'following', rollouts);
}

/** What of a rollout has been told by the passing of time, by name. */
export async function readTold({ documents }: Store, rollout: string): Promise<readonly string[]> {
  const stored = await documents.get(keyOf('following', rollout));
  return stored === undefined ? [] : unseal(stored.value, following, 'what was told').told;
}

export async function noteTold(
  { documents }: Store,
  rollout: string,
  told: readonly string[],
): Promise<void> {
  await documents.putAll(TABLE, 'following', [{ row: rollout, value: seal({ told }) }]);
}

export type Lot = 'queue' | 'dead';

/** One notice on its way to one target. */
export interface Delivery {
  /** The notice's own id, by which whoever gets it twice knows it. */
  readonly notice: string;
  readonly target: string;
  readonly rollout: string;
  readonly kind: string;
  readonly at: string;
  /** How often it was sent in vain. */
  readonly tries: number;
  /** Not before this time. */
  readonly nextAt: string;
  /** When it was sent last, and why in vain. */
  readonly last?: { readonly at: string; readonly code: string };
  /** The CloudEvent as JSON: it holds labels and reasons, which the store has nowhere in the clear. */
  readonly body: string;
}

const format = schemaOf<Delivery>()(
  z.strictObject({
    notice: text,
    target: text,
    rollout: text,
    kind: text,
    at: time,
    tries: count,
    nextAt: time,
    last: maybe(z.strictObject({ at: time, code: text })),
    body: text,
  }),
);

/** A delivery as it lies there. */
export interface StoredDelivery {
  readonly id: string;
  readonly etag: string;
  readonly delivery: Delivery;
}

export function deliveryId({ notice, target }: Pick<Delivery, 'notice' | 'target'>): string {
  return `${notice}:${target}`;
}

function sealed({ cipher }: Store, { body, ...delivery }: Delivery): object {
  return seal({ ...delivery, body: cipher.encrypt(body, placeOf(deliveryId(delivery))) });
}

function placeOf(id: string): string {
  return `${TABLE}/${id}`;
}

/** Without its body, which only whoever sends it opens. */
function deliveryIn({ row, etag, value }: Stored): StoredDelivery {
  return { id: row, etag, delivery: unseal(value, format, `delivery ${row}`) };
}

/** What is sent; throws a CipherError where it cannot be read any more. */
export function bodyOf({ cipher }: Store, { id, delivery }: StoredDelivery): string {
  return cipher.decrypt(delivery.body, placeOf(id));
}

/** Puts a delivery on its way; one that is there already stays as it is. */
export async function enqueue(store: Store, delivery: Delivery): Promise<void> {
  await store.documents.insert(keyOf('queue', deliveryId(delivery)), sealed(store, delivery));
}

export async function listDeliveries(
  { documents }: Store,
  lot: Lot,
  { after, top }: { readonly after?: string | undefined; readonly top: number },
): Promise<readonly StoredDelivery[]> {
  const rows = await documents.list(TABLE, lot, { top, ...(after !== undefined && { after }) });
  return rows.map(deliveryIn);
}

/** Changes when it is tried next; `undefined` where somebody else has it in hand by now. */
export async function reschedule(
  { documents }: Store,
  { id, etag, delivery }: StoredDelivery,
  changes: Partial<Pick<Delivery, 'tries' | 'nextAt' | 'last'>>,
): Promise<StoredDelivery | undefined> {
  const next = { ...delivery, ...changes };
  const stored = await documents.replace(keyOf('queue', id), seal(next), etag);
  return stored && { id, etag: stored.etag, delivery: next };
}

export async function dequeue({ documents }: Store, id: string): Promise<void> {
  await documents.remove(keyOf('queue', id));
}

/** Gives a delivery up: it can be looked at, and sent again. */
export async function bury(store: Store, { id, delivery }: StoredDelivery): Promise<void> {
  await store.documents.putAll(TABLE, 'dead', [{ row: id, value: seal(delivery) }]);
  await dequeue(store, id);
}

export async function readDead({ documents }: Store, id: string): Promise<StoredDelivery | undefined> {
  const stored = await documents.get(keyOf('dead', id));
  return stored && deliveryIn(stored);
}

/** Puts a dead letter on its way again, as if it were new. */
export async function revive(store: Store, { id, delivery }: StoredDelivery, nextAt: string): Promise<void> {
  await store.documents.insert(keyOf('queue', id), seal({ ...delivery, tries: 0, nextAt }));
  await dropDead(store, id);
}

/** Dead letters are kept as long as rollouts are. */
export async function dropOldDeadLetters(store: Store, before: number): Promise<void> {
  const found = await listDeliveries(store, 'dead', { top: 100 });
  const old = found.filter(({ delivery }) => Date.parse(delivery.at) < before).map(({ id }) => id);
  if (old.length > 0) await store.documents.removeAll(TABLE, 'dead', old);
}

async function dropDead({ documents }: Store, id: string): Promise<void> {
  await documents.remove(keyOf('dead', id));
}
