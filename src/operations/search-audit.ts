import type { Ports } from '../activities/frame/ports.ts';
import { ACTS } from '../core/audit/chain.ts';
import type { AuditRecord, ChainHead } from '../core/audit/chain.ts';
import { acceptedAt } from '../core/run/retention.ts';
import { listChains, readChain, readChainHead } from '../store/audit.ts';
import type { Store } from '../store/port.ts';

export interface AuditSearch {
  /** Only this rollout's chain; all chains without it, the acts first. */
  readonly rollout?: string | undefined;
  /** Object id of who did it. */
  readonly by?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Where an earlier search has ended. */
  readonly after?: AuditPlace | undefined;
}

/** In a chain, after this record. */
export interface AuditPlace {
  readonly chain: string;
  readonly number: number;
}

export interface AuditPage {
  readonly records: readonly AuditRecord[];
  /** How far the chains have come that were looked at: as it was before their records were read. */
  readonly heads: readonly (Pick<ChainHead, 'count' | 'hash'> & { readonly chain: string })[];
  readonly next?: AuditPlace;
}

/** What one search reads at most; one that finds few says where to go on. */
const MOST_COMMITS = 100;
const MOST_CHAINS = 50;

/** Records that the search means: chain after chain in the order in which rollouts were accepted, each oldest first. */
export async function searchAudit(search: AuditSearch, { store }: Pick<Ports, 'store'>): Promise<AuditPage> {
  const page: Page = { records: [], heads: [], left: MOST_COMMITS };
  const chains = await chainsOf(search, store);
  for (const chain of chains) {
    const after = search.after?.chain === chain ? search.after.number : 0;
    const next = await readInto(page, { chain, after, search, store });
    if (next !== undefined) return { records: page.records, heads: page.heads, next };
  }
  const last = chains.at(-1);
  const isAll = search.rollout !== undefined || last === undefined || chains.length < MOST_CHAINS;
  const { records, heads } = page;
  return isAll ? { records, heads } : { records, heads, next: { chain: last, number: PAST } };
}

interface Page {
  readonly records: AuditRecord[];
  readonly heads: AuditPage['heads'][number][];
  left: number;
}

/** More records than a chain can have. */
const PAST = 99_999_999;

/** Chains from where the search goes on. */
async function chainsOf({ rollout, after, to }: AuditSearch, store: Store): Promise<readonly string[]> {
  if (rollout !== undefined) return [rollout];
  const isAmongActs = after === undefined || after.chain === ACTS;
  const current = isAmongActs ? [ACTS] : [after.chain];
  const rollouts = await listChains(store, {
    after: isAmongActs ? undefined : after.chain,
    top: MOST_CHAINS - current.length,
  });
  const begun = (id: string): boolean => to === undefined || (acceptedAt(id) ?? 0) <= Date.parse(to);
  return [...current, ...rollouts.filter((id) => begun(id))];
}

interface Reading {
  readonly chain: string;
  readonly after: number;
  readonly search: AuditSearch;
  readonly store: Store;
}

/** Answers with where to go on, where the page is full before the chain's end. */
async function readInto(
  page: Page,
  { chain, after, search, store }: Reading,
): Promise<AuditPlace | undefined> {
  if (after === PAST) return undefined;
  const head = await readChainHead(store, chain);
  if (head === undefined || isBefore(head.at, search.from)) return undefined;
  page.heads.push({ chain, count: head.count, hash: head.hash });
  const top = page.left;
  if (top === 0) return { chain, number: after };
  const { records, documents } = await readChain(store, chain, { after, top });
  page.left -= documents;
  page.records.push(...records.filter((record) => matches(search, record)));
  const last = records.at(-1);
  return documents === top && last !== undefined ? { chain, number: last.number } : undefined;
}

function matches({ by, from, to }: AuditSearch, record: AuditRecord): boolean {
  if (by !== undefined && record.by !== by) return false;
  return !isBefore(record.at, from) && (to === undefined || Date.parse(record.at) <= Date.parse(to));
}

function isBefore(at: string, from: string | undefined): boolean {
  return from !== undefined && Date.parse(at) < Date.parse(from);
}
