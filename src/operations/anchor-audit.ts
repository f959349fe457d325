import type { Ports } from '../activities/frame/ports.ts';
import { anchorAfter } from '../core/audit/anchor.ts';
import type { AnchoredHead } from '../core/audit/anchor.ts';
import { ACTS } from '../core/audit/chain.ts';
import { idStart } from '../core/run/retention.ts';
import { createAnchor, noteAnchored, readAnchor, readAnchored } from '../store/anchors.ts';
import type { Anchored } from '../store/anchors.ts';
import { listChains, readChainHead } from '../store/audit.ts';
import { listClaims } from '../store/leases.ts';
import type { Store } from '../store/port.ts';

/** A rollout is listed a moment after the time in its id. */
const LATE_MS = 600_000;
const MOST_CHAINS = 1000;

/**
 * Writes down, where nobody can change it, how far each chain has come that has gone on since the last time. A chain
 * that is cut or written anew later no longer agrees with that.
 */
export async function anchorAudit({ store, clock }: Pick<Ports, 'store' | 'clock'>): Promise<void> {
  const last = await readAnchored(store);
  const now = clock.now();
  const begun = await listChains(store, { after: startOf(Date.parse(last.at)), top: MOST_CHAINS });
  const held = (await listClaims(store)).map(({ rolloutId }) => rolloutId);
  const all = new Set([ACTS, ...Object.keys(last.counts), ...begun, ...held]);
  const heads = await headsOf([...all], store);
  const moved = heads.filter(({ chain, count }) => count > (last.counts[chain] ?? 0));
  if (moved.length === 0) return;
  const anchor = await write(store, last, { at: new Date(now).toISOString(), heads: moved });
  // Who has ended before this anchor, and was accepted long ago, does not go on.
  const goOn = new Set([ACTS, ...held, ...begun.filter((id) => id > (startOf(now) ?? ''))]);
  const counts = heads
    .filter(({ chain }) => goOn.has(chain))
    .map(({ chain, count }) => [chain, count] as const);
  await noteAnchored(store, { ...anchor, counts: Object.fromEntries(counts) });
}

/** The least id of rollouts that may have been listed after this time. */
function startOf(time: number): string | undefined {
  return Number.isNaN(time) ? undefined : idStart(new Date(time - LATE_MS).toISOString());
}

async function headsOf(chains: readonly string[], store: Store): Promise<readonly AnchoredHead[]> {
  const found = await Promise.all(
    chains.map(async (chain) => {
      const head = await readChainHead(store, chain);
      return head === undefined || head.count === 0 ? [] : [{ chain, count: head.count, hash: head.hash }];
    }),
  );
  return found.flat();
}

/** Whoever died between an anchor and its note has left one of this number: the next follows that. */
async function write(
  store: Store,
  last: Anchored,
  said: { readonly at: string; readonly heads: readonly AnchoredHead[] },
): Promise<Pick<Anchored, 'number' | 'hash' | 'at'>> {
  let before: Pick<Anchored, 'number' | 'hash'> = last;
  for (;;) {
    const anchor = anchorAfter(before, said);
    const { number, hash, at } = anchor;
    if (await createAnchor(store, anchor)) return { number, hash, at };
    const there = await readAnchor(store, number);
    if (there === undefined) throw new Error(`anchor ${number} is neither there nor new`);
    before = there;
  }
}

/** Anchors after one of this number, oldest first. */
export async function listAnchors(
  { after, top }: { readonly after: number; readonly top: number },
  { store }: Pick<Ports, 'store'>,
) {
  const found = [];
  for (let number = after + 1; found.length < top; number += 1) {
    const anchor = await readAnchor(store, number);
    if (anchor === undefined) return found;
    found.push(anchor);
  }
  return found;
}
