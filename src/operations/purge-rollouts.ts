import type { Ports } from '../activities/frame/ports.ts';
import { BEFORE_ALL } from '../core/audit/chain.ts';
import { acts } from '../core/messages/acts.ts';
import { isEnded } from '../core/record/phase.ts';
import type { RolloutRecord } from '../core/record/rollout.ts';
import { STARTING_SECONDS } from '../core/run/lease-health.ts';
import { acceptedAt, DAY_MS, mayBePurged } from '../core/run/retention.ts';
import { readCampaign } from '../store/campaigns.ts';
import { readChainHead } from '../store/audit.ts';
import { dropKey, listKeys } from '../store/keys.ts';
import { listClaims } from '../store/leases.ts';
import type { Claim } from '../store/leases.ts';
import { listOldRollouts, unlist } from '../store/list.ts';
import type { ListedRollout } from '../store/list.ts';
import { dropOldDeadLetters, unfollow } from '../store/notices.ts';
import type { Store } from '../store/port.ts';
import { readCursor, removeHead, removeRest, writeCursor } from '../store/purge.ts';
import { readRollout } from '../store/rollouts.ts';
import { dropSecrets, listSecrets } from '../store/secrets.ts';
import { readEnds } from '../store/set-ends.ts';
import { purgeCampaigns } from './campaigns/purge-campaigns.ts';
import { noteAct } from './note-act.ts';
import type { Workflows } from './workflows.ts';

/** What one go looks at and removes at most; the next goes on after it. */
const MOST_LOOKED_AT = 100;
const MOST_PURGED = 25;

interface Purge {
  readonly store: Store;
  readonly workflows: Workflows;
  /** What has ended before this time is no longer needed for itself. */
  readonly before: number;
  readonly now: number;
  readonly leases: readonly Claim[];
  /** Rollouts that hold a scale set or wait for it, and what those undo. */
  readonly inUse: ReadonlySet<string>;
}

/**
 * Removes what nobody needs any more: rollouts that ended so many days ago, with all that is kept of them and their
 * workflow's history; keys of rollouts that are gone; secrets without a rollout that runs. It may die anywhere: a rollout
 * goes from the list last, and whoever finds it there without its head removes the rest of it.
 */
export async function purgeRollouts(
  { store, clock }: Ports,
  workflows: Workflows,
  retentionDays: number,
): Promise<void> {
  const now = clock.now();
  const leases = await listClaims(store);
  const before = now - retentionDays * DAY_MS;
  const purge = { store, workflows, now, before, leases, inUse: await inUseBy(store, leases) };
  await dropOrphanedSecrets(purge);
  await dropOldDeadLetters(store, before);
  await purgeCampaigns({ store, clock }, workflows, before);
  const cursor = await readCursor(store);
  const rollouts = await purgeFrom(purge, cursor.rollouts);
  const keys = await dropKeysFrom(purge, cursor.keys);
  await writeCursor(store, {
    ...(rollouts !== undefined && { rollouts }),
    ...(keys !== undefined && { keys }),
  });
}

async function inUseBy(store: Store, leases: readonly Claim[]): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (const { rolloutId } of leases) {
    const spec = (await readRollout(store, rolloutId))?.record.spec;
    for (const id of [rolloutId, spec?.rollbackOf, spec?.restoreGuardsOf]) if (id !== undefined) ids.add(id);
  }
  return ids;
}

/** Answers with where to go on; undefined at the end of the list. */
async function purgeFrom(purge: Purge, after: string | undefined): Promise<string | undefined> {
  const page = await listOldRollouts(purge.store, purge.before, { top: MOST_LOOKED_AT, after });
  let purged = 0;
  let last = after;
  for (const listed of page) {
    try {
      if (await purgeOne(purge, listed)) purged += 1;
    } catch (error) {
      // One that cannot be purged now must not keep the others from it.
      purge.workflows.onTrouble(listed.id, error);
    }
    last = listed.row;
    if (purged === MOST_PURGED) return last;
  }
  return page.length < MOST_LOOKED_AT ? undefined : last;
}

async function purgeOne(purge: Purge, { id, row }: ListedRollout): Promise<boolean> {
  const { store, inUse, before } = purge;
  const record = (await readRollout(store, id))?.record;
  if (record !== undefined) {
    if (!isEnded(record.phase)) return false;
    const ends = await readEnds(store, record.scaleSet);
    if (!mayBePurged(record, { rollouts: inUse, ends }, before)) return false;
    if (!(await forgetWorkflow(purge, record))) return false;
    await notePurge(purge, id);
    await removeHead(store, id, record.keyRow);
  }
  if (await removeRest(store, id)) {
    await unfollow(store, [id]);
    await unlist(store, row);
  }
  return true;
}

/** Whoever finds an audit without its rollout sees here that it was purged, and how far the audit had come. */
async function notePurge({ store, now }: Purge, id: string): Promise<void> {
  const { count, hash } = (await readChainHead(store, id)) ?? { count: 0, hash: BEFORE_ALL };
  const message = acts.purgeIntended(id, count, hash);
  await noteAct({ store, clock: { now: () => now } }, 'purgeIntended', { message });
}

/** False while it still runs, or nobody knows: the engine would purge a running one, too. */
async function forgetWorkflow({ workflows }: Purge, { id }: RolloutRecord): Promise<boolean> {
  const workflow = await workflows.look(id);
  if (workflow.kind !== 'none') return false;
  if (workflow.how !== 'missing') await workflows.purge(id);
  return true;
}

/** Keys of starts that died, and of rollouts that went without theirs. */
async function dropKeysFrom(
  { store, before }: Purge,
  after: string | undefined,
): Promise<string | undefined> {
  const page = await listKeys(store, MOST_LOOKED_AT, after);
  for (const { row, rolloutId } of page) {
    const isCampaign = rolloutId.startsWith('c-');
    const since = acceptedAt(isCampaign ? rolloutId.slice(2) : rolloutId);
    if (since === undefined || since >= before) continue;
    const found = isCampaign ? await readCampaign(store, rolloutId) : await readRollout(store, rolloutId);
    if (found === undefined) await dropKey(store, row, rolloutId);
  }
  return page.length < MOST_LOOKED_AT ? undefined : page.at(-1)?.row;
}

/** A rollout that ends drops its own; what is left is of one that died over it, or was never written down. */
async function dropOrphanedSecrets({ store, leases, now }: Purge): Promise<void> {
  for (const id of await listSecrets(store, MOST_LOOKED_AT)) {
    const record = (await readRollout(store, id))?.record;
    // fence V8: a rollout that runs keeps its secrets
    if (record !== undefined && !isEnded(record.phase)) continue;
    const lease = leases.find(({ rolloutId }) => rolloutId === id);
    const isStarting = lease !== undefined && now - Date.parse(lease.since) <= STARTING_SECONDS * 1000;
    // fence V8: a start that is under way keeps its secrets
    if (record === undefined && isStarting) continue;
    await dropSecrets(store, id);
  }
}
