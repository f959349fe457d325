import { z } from 'zod';
import { ACTS, BEFORE_ALL, link } from '../core/audit/chain.ts';
import type { AuditEntry, AuditRecord, ChainHead, Linked } from '../core/audit/chain.ts';
import { auditRecord } from '../core/audit/schemas.ts';
import { requested, toldOf } from '../core/audit/told.ts';
import { count, schemaOf, text, time } from '../core/model/schemas.ts';
import type { AuditEvent } from '../core/record/events.ts';
import type { RolloutRecord } from '../core/record/rollout.ts';
import { seal, unseal } from './formats/format.ts';
import { AUDIT, auditRow, CHAIN, TABLE } from './partition.ts';
import type { DocumentRow, Store, Stored, Table } from './port.ts';

/*
 * A chain lies in the partition of what it tells of, so that one transaction writes both: how far it has come in the
 * document `chain`, its records after everything else, the records of one transaction as one document. Nothing removes
 * them.
 */

const auditRecords = z.strictObject({ records: z.array(auditRecord) });

const chainHead = schemaOf<ChainHead>()(z.strictObject({ count, hash: text, at: time, event: count }));

interface Place {
  readonly table: Table;
  readonly partition: string;
}

function placeOf(chain: string): Place {
  return chain === ACTS ? { table: 'switches', partition: 'audit' } : { table: TABLE, partition: chain };
}

/** How far the chain has come that is among a partition's documents. */
export function chainHeadIn(documents: readonly Stored[]): ChainHead | undefined {
  const stored = documents.find(({ row }) => row === CHAIN);
  return stored && headIn(stored);
}

/**
 * Whether a chain and a record are of one commit. A list may take several answers, and what was read first may be older;
 * a commit of a build that knew no audit has moved the record alone.
 */
export function isOfOneCommit(chain: ChainHead | undefined, { lastEvent }: RolloutRecord): boolean {
  return (chain?.event ?? 0) === lastEvent;
}

function headIn({ value }: Stored): ChainHead {
  return unseal(value, chainHead, 'the head of an audit chain');
}

export interface Told {
  readonly record: RolloutRecord;
  readonly events: readonly AuditEvent[];
  /** The chain as it is so far. */
  readonly chain: ChainHead | undefined;
  /** Names that the words may hold. */
  readonly people: readonly string[];
}

export interface Appended {
  readonly head: ChainHead | undefined;
  /** To be written with what is told. */
  readonly puts: readonly DocumentRow[];
}

/** What one commit of a rollout adds to its chain. */
export function appended({ record, events, chain, people }: Told): Appended {
  if (events.length === 0) return { head: chain, puts: [] };
  const first = chain === undefined ? [requested(record)] : [];
  const named = [record.requestedBy, ...people];
  return rowsOf(link(record.id, chain, [...first, ...toldOf(events, record, named)]));
}

function rowsOf({ records, head }: Linked): Appended {
  const [first] = records;
  if (first === undefined || head === undefined) return { head, puts: [] };
  const row = auditRow(first.number);
  return {
    head,
    puts: [
      { row: CHAIN, value: seal(head) },
      { row, value: seal({ records }) },
    ],
  };
}

/** Adds to the chain of acts; what it tells of is done only after that. */
export async function recordAct({ documents }: Store, entry: AuditEntry): Promise<void> {
  const { table, partition } = placeOf(ACTS);
  for (;;) {
    const stored = await documents.get({ table, partition, row: CHAIN });
    const { puts } = rowsOf(link(ACTS, stored && headIn(stored), [entry]));
    const [head, ...records] = puts;
    if (head === undefined) return;
    if (stored === undefined) {
      // An empty one first: only what is there can be the condition of a transaction.
      await documents.insert({ table, partition, row: CHAIN }, seal(NOTHING));
      continue;
    }
    const change = { table, partition, head: { ...head, etag: stored.etag }, puts: records, removes: [] };
    if ((await documents.commit(change)) !== undefined) return;
  }
}

const NOTHING: ChainHead = { count: 0, hash: BEFORE_ALL, at: '', event: 0 };

/** How far a chain has come; `undefined` where there is none. */
export async function readChainHead({ documents }: Store, chain: string): Promise<ChainHead | undefined> {
  const stored = await documents.get({ ...placeOf(chain), row: CHAIN });
  return stored && headIn(stored);
}

export interface ChainPage {
  readonly records: readonly AuditRecord[];
  /** How many documents were read: fewer than asked for at the chain's end. */
  readonly documents: number;
}

/** Records of a chain, oldest first, of at most `top` commits after that of record `after`. */
export async function readChain(
  { documents }: Store,
  chain: string,
  { after, top }: { readonly after: number; readonly top: number },
): Promise<ChainPage> {
  const { table, partition } = placeOf(chain);
  const from = after === 0 ? AUDIT : auditRow(after);
  const found = await documents.list(table, partition, { after: from, top });
  const records = found.flatMap(
    ({ row, value }) => unseal(value, auditRecords, `${row} of the chain ${chain}`).records,
  );
  return { records, documents: found.length };
}

const nothing = z.strictObject({});

/** Lists a rollout's chain, before there is one: it is found after the rollout is purged, too. */
export async function listChain({ documents }: Store, rollout: string): Promise<void> {
  await documents.insert({ table: 'index', partition: 'audit', row: rollout }, seal({}));
}

/** Rollouts with a chain, in the order in which they were accepted. */
export async function listChains(
  { documents }: Store,
  { after, top }: { readonly after: string | undefined; readonly top: number },
): Promise<readonly string[]> {
  const rows = await documents.list('index', 'audit', { top, ...(after !== undefined && { after }) });
  return rows.map(({ row, value }) => {
    unseal(value, nothing, `${row} of the list of chains`);
    return row;
  });
}
