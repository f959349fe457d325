import { createHash } from 'node:crypto';
import { canonicalJson } from '../model/canonical.ts';

/** What a record of the audit says: who did what, when and why, and what of it others can look up. */
export interface AuditEntry {
  readonly at: string;
  readonly kind: string;
  /** In words, with people only by the object ids of their accounts. */
  readonly message: string;
  /** Object id of who did it or asked for it; absent where the app did it by itself. */
  readonly by?: string;
  /** Number of the rollout's event that it tells of. */
  readonly event?: number;
  readonly batch?: number;
  readonly instances?: readonly string[];
  readonly planHash?: string;
  /** Of the scale set: what was read right before a write, and what the write has made. */
  readonly etagBefore?: string;
  readonly etagAfter?: string;
  /** Azure's own id of the request, under which the activity log of the subscription has it. */
  readonly requestId?: string;
  readonly status?: number;
  readonly code?: string;
}

/** One record of a chain. Whoever changes, drops or moves one breaks the hashes of all that follow. */
export interface AuditRecord extends AuditEntry {
  /** The rollout's id, or `acts`. */
  readonly chain: string;
  /** From 1, without a gap. */
  readonly number: number;
  /** Hash of the record before; zeros in the first. */
  readonly previous: string;
  /** SHA-256 of all other fields, as JSON with sorted keys. */
  readonly hash: string;
}

/** How far a chain has come. */
export interface ChainHead {
  readonly count: number;
  readonly hash: string;
  readonly at: string;
  /** Number of the last event of the rollout that it tells of; 0 where it tells of none. */
  readonly event: number;
}

/** All acts that are none of a rollout: policy, freeze, leases, purge. */
export const ACTS = 'acts';

/** What the first record of a chain follows. */
export const BEFORE_ALL = '0'.repeat(64);

export interface Linked {
  readonly records: readonly AuditRecord[];
  /** Absent only where there is nothing at all. */
  readonly head: ChainHead | undefined;
}

/** The next records of a chain, after its head. */
export function link(chain: string, after: ChainHead | undefined, entries: readonly AuditEntry[]): Linked {
  const records: AuditRecord[] = [];
  let head = after;
  for (const entry of entries) {
    const number = (head?.count ?? 0) + 1;
    const said = { chain, number, ...entry, previous: head?.hash ?? BEFORE_ALL };
    const hash = hashOf(said);
    records.push({ ...said, hash });
    head = { count: number, hash, at: entry.at, event: entry.event ?? head?.event ?? 0 };
  }
  return { records, head };
}

/** SHA-256 as 64 hex digits. */
export function hashOf(data: object): string {
  return createHash('sha256').update(canonicalJson(data)).digest('hex');
}
