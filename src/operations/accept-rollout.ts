import { randomBytes } from 'node:crypto';
import type { Ports } from '../activities/frame/ports.ts';
import type { Place } from '../core/access/area.ts';
import type { Refusal } from '../core/messages/refusals.ts';
import { fingerprint } from '../core/model/canonical.ts';
import { newRollout } from '../core/record/new-rollout.ts';
import { isEnded } from '../core/record/phase.ts';
import { idStart } from '../core/run/retention.ts';
import { hideSecrets } from '../core/spec/hidden.ts';
import { refuseOpenSecrets } from '../core/spec/open-secrets.ts';
import type { RolloutSpec } from '../core/spec/spec.ts';
import { claimKey, keyRowOf } from '../store/keys.ts';
import { acquireLease } from '../store/leases.ts';
import { enlist } from '../store/list.ts';
import type { Store } from '../store/port.ts';
import { insertRollout, readRollout } from '../store/rollouts.ts';
import { keepSecrets } from '../store/secrets.ts';
import type { Found } from './find-rollout.ts';
import { openRolloutsOf } from './limit-requests.ts';
import { judgeByPolicy } from './policy.ts';
import type { Forbidden, MayDo } from './policy.ts';
import { recover } from './recover.ts';
import type { Workflows } from './workflows.ts';

export interface AskedRollout {
  readonly spec: RolloutSpec;
  readonly by: string;
  readonly mayDo: MayDo;
  /** How many rollouts of theirs may be open. */
  readonly mostOpen: number;
  /** Stands for this very spec: whoever asks again with it means the same rollout. */
  readonly key?: string | undefined;
}

export type Accepted =
  | ({ readonly kind: 'accepted' } & Found)
  | { readonly kind: 'keyReused'; readonly rolloutId: string }
  | { readonly kind: 'busy'; readonly holder: string }
  | { readonly kind: 'tooMany'; readonly most: number }
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
    const { spec, by, mayDo, mostOpen } = asked;
    const judged = await judgeByPolicy({ spec, right: 'start', mayDo }, ports);
    if (judged.kind !== 'place') return judged;
    if ((await openRolloutsOf(by, mostOpen, store)) >= mostOpen) return { kind: 'tooMany', most: mostOpen };
    const inserted = await insert(store, asked, { id, now, place: judged.place });
    if (inserted.kind === 'accepted' && !isEnded(inserted.record.phase))
      await workflows.start(inserted.record);
    return inserted;
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

async function insert(
  store: Store,
  { spec, by, key }: AskedRollout,
  { id, now, place: { tags } }: { readonly id: string; readonly now: string; readonly place: Place },
): Promise<Extract<Accepted, { readonly kind: 'accepted' | 'busy' }>> {
  const acquired = await acquireLease(store, { scaleSet: spec.scaleSet, rolloutId: id, since: now });
  if (acquired.kind === 'busy') return acquired;
  const hidden = hideSecrets(spec);
  const hasSecrets = Object.keys(hidden.secrets).length > 0;
  if (hasSecrets) await keepSecrets(store, id, hidden.secrets);
  const record = newRollout({
    id,
    spec: hidden.spec,
    requestedBy: by,
    createdAt: now,
    fencingToken: acquired.lease.token,
    ...(tags !== undefined && tags !== 'unread' && { tags }),
    ...(key !== undefined && { keyRow: keyRowOf(key) }),
  });
  const kept = await insertRollout(store, record);
  // Asked again for a start that died long ago, its secrets may have gone as nobody's between the two.
  if (hasSecrets) await keepSecrets(store, id, hidden.secrets);
  return { kind: 'accepted', record: kept, commands: [] };
}
