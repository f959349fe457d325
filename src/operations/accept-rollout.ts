import { randomBytes } from 'node:crypto';
import type { Ports } from '../activities/frame/ports.ts';
import type { Place } from '../core/access/area.ts';
import type { Refusal } from '../core/messages/refusals.ts';
import { waits } from '../core/messages/waits.ts';
import { fingerprint } from '../core/model/canonical.ts';
import type { Queued } from '../core/record/lease.ts';
import { newRollout } from '../core/record/new-rollout.ts';
import { isEnded } from '../core/record/phase.ts';
import type { RolloutRecord } from '../core/record/rollout.ts';
import { queuedOf } from '../core/run/queue.ts';
import { idStart } from '../core/run/retention.ts';
import { hideSecrets } from '../core/spec/hidden.ts';
import { neverBegins } from '../core/spec/never.ts';
import type { Never } from '../core/spec/never.ts';
import { refuseOpenSecrets } from '../core/spec/open-secrets.ts';
import type { RolloutSpec } from '../core/spec/spec.ts';
import { claimKey, keyRowOf } from '../store/keys.ts';
import { acquireLease } from '../store/leases.ts';
import type { Acquired } from '../store/leases.ts';
import { enlist } from '../store/list.ts';
import type { Store } from '../store/port.ts';
import { takeTurn } from '../store/queue.ts';
import type { Turn } from '../store/queue.ts';
import { insertRollout, readRollout } from '../store/rollouts.ts';
import { keepSecrets } from '../store/secrets.ts';
import type { Found } from './find-rollout.ts';
import { tooManyBy } from './limit-requests.ts';
import type { StartLimits, TooMany } from './limit-requests.ts';
import { judgeByPolicy } from './policy.ts';
import type { Forbidden, MayDo } from './policy.ts';
import { recover } from './recover.ts';
import { resolveStrategy } from './strategies.ts';
import type { Resolved } from './strategies.ts';
import type { Workflows } from './workflows.ts';

export interface AskedRollout {
  readonly spec: RolloutSpec;
  readonly by: string;
  readonly mayDo: MayDo;
  readonly limits: StartLimits;
  /** Stands for this very spec: whoever asks again with it means the same rollout. */
  readonly key?: string | undefined;
  /** Which rollouts of the same pipeline it may replace in the queue; none unless said. */
  readonly mayReplace?: (queued: Queued, place: Place) => boolean;
}

export type Accepted =
  | ({ readonly kind: 'accepted' } & Found)
  | { readonly kind: 'keyReused'; readonly rolloutId: string }
  | { readonly kind: 'busy'; readonly holder: string }
  | TooMany
  | Extract<Resolved, { readonly kind: 'noStrategy' }>
  | Never
  | Forbidden
  | Refusal;

/** Reserves the scale set, writes the rollout down, starts its workflow; any part may be repeated. */
export async function acceptRollout(
  asked: AskedRollout,
  ports: Ports,
  workflows: Workflows,
): Promise<Accepted> {
  const refusal = refuseOpenSecrets(asked.spec);
  if (refusal !== undefined) return refusal;
  const { store, clock } = ports;
  const now = new Date(clock.now()).toISOString();
  const claimed = await claimId(store, asked, now);
  if (claimed.kind === 'keyReused') return claimed;
  const { id } = claimed;
  const present = await readRollout(store, id);
  if (present === undefined) {
    const { by, mayDo, limits } = asked;
    const resolved = await resolveStrategy(asked.spec, ports);
    if (resolved.kind === 'noStrategy') return resolved;
    const { spec } = resolved;
    const never = neverBegins(spec, clock.now());
    if (never !== undefined) return never;
    const judged = await judgeByPolicy({ spec, right: 'start', mayDo }, ports);
    if (judged.kind !== 'place') return judged;
    const tooMany = await tooManyBy({ by, scaleSet: spec.scaleSet, limits }, ports);
    if (tooMany !== undefined) return tooMany;
    const inserted = await insert(store, { ...asked, spec }, { id, now, place: judged.place });
    if (inserted.kind === 'busy') return inserted;
    if (!isEnded(inserted.record.phase)) await workflows.start(inserted.record);
    // Whoever is not woken by it looks within a minute.
    for (const replaced of inserted.replaced) await workflows.wake(replaced);
    return { kind: 'accepted', record: inserted.record, commands: [] };
  }
  const denial = asked.mayDo('start', present.record);
  if (denial !== undefined) return { kind: 'forbidden', denial };
  // Asking again for a rollout that was accepted is a request for it like any other, and may complete its start.
  await enlist(store, present.record);
  const record = await recover(present, ports, workflows);
  if (!isEnded(record.phase)) await workflows.start(record);
  return { kind: 'accepted', record, commands: present.commands };
}

async function claimId(
  store: Store,
  { spec, key }: AskedRollout,
  now: string,
): Promise<{ readonly kind: 'id'; readonly id: string } | Extract<Accepted, { readonly kind: 'keyReused' }>> {
  const fresh = `${idStart(now)}-${randomBytes(4).toString('hex')}`;
  if (key === undefined) return { kind: 'id', id: fresh };
  // A spec may hold a password, and whoever knew its plain hash could try passwords against it.
  const hashes = store.cipher.hashes(spec);
  const { rolloutId, specHash } = await claimKey(store, key, {
    rolloutId: fresh,
    specHash: hashes[0] ?? '',
  });
  // Version 1 of the format kept a plain one.
  const isSame = hashes.includes(specHash) || specHash === fingerprint(spec);
  return isSame ? { kind: 'id', id: rolloutId } : { kind: 'keyReused', rolloutId };
}

type Inserted =
  | { readonly kind: 'inserted'; readonly record: RolloutRecord; readonly replaced: readonly string[] }
  | Extract<Accepted, { readonly kind: 'busy' }>;

async function insert(
  store: Store,
  asked: AskedRollout,
  { id, now, place }: { readonly id: string; readonly now: string; readonly place: Place },
): Promise<Inserted> {
  const { spec, by, key, mayReplace = () => false } = asked;
  const { tags } = place;
  const accepted = { id, spec, requestedBy: by, createdAt: now };
  const claimed = await claimSet(store, accepted, (queued) => mayReplace(queued, place));
  if (claimed.kind === 'busy') return claimed;
  const hidden = hideSecrets(spec);
  const hasSecrets = Object.keys(hidden.secrets).length > 0;
  if (hasSecrets) await keepSecrets(store, id, hidden.secrets);
  const record = newRollout({
    ...accepted,
    spec: hidden.spec,
    ...(claimed.kind === 'held' ? { fencingToken: claimed.lease.token } : waitingIn(claimed, now)),
    ...(tags !== undefined && tags !== 'unread' && { tags }),
    ...(key !== undefined && { keyRow: keyRowOf(key) }),
  });
  const kept = await insertRollout(store, record);
  // Asked again for a start that died long ago, its secrets may have gone as nobody's between the two.
  if (hasSecrets) await keepSecrets(store, id, hidden.secrets);
  return { kind: 'inserted', record: kept, replaced: claimed.kind === 'queued' ? claimed.replaced : [] };
}

/** The scale set, or a place in its queue where the spec asks for one. */
async function claimSet(
  store: Store,
  accepted: Parameters<typeof queuedOf>[0],
  mayReplace: (queued: Queued) => boolean,
): Promise<Acquired | Turn> {
  const { id, createdAt: since, spec } = accepted;
  const { scaleSet, onBusy = 'refuse' } = spec;
  if (onBusy === 'refuse') return acquireLease(store, { scaleSet, rolloutId: id, since });
  const queued = queuedOf(accepted);
  return takeTurn(store, { scaleSet, queued, now: since, ...(onBusy === 'replace' && { mayReplace }) });
}

/** The record of a rollout that waits for its turn, or that finds at its first step that another one has taken it. */
function waitingIn(
  turn: Exclude<Turn, { readonly kind: 'held' }>,
  since: string,
): Pick<RolloutRecord, 'fencingToken' | 'waitingFor'> {
  if (turn.kind === 'replaced') return { fencingToken: 0 };
  const { holder, place } = turn;
  const message = waits.queue(holder, place);
  return { fencingToken: 0, waitingFor: { kind: 'queue', since, holder, place, message } };
}
