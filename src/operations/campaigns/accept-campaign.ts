import { randomBytes } from 'node:crypto';
import type { Ports } from '../../activities/frame/ports.ts';
import type { Caller } from '../../core/access/caller.ts';
import { isOver } from '../../core/campaign/campaign.ts';
import { newCampaign } from '../../core/campaign/new-campaign.ts';
import { anyRolloutOf, pathIn } from '../../core/campaign/rollout-spec.ts';
import type { CampaignSpec } from '../../core/campaign/spec.ts';
import { acts } from '../../core/messages/acts.ts';
import type { Refusal } from '../../core/messages/refusals.ts';
import { idStart } from '../../core/run/retention.ts';
import type { FieldError } from '../../core/spec/field-errors.ts';
import { refuseOpenSecrets } from '../../core/spec/open-secrets.ts';
import { listCampaign, noteLiveCampaign } from '../../store/campaign-list.ts';
import { insertCampaign, readCampaign } from '../../store/campaigns.ts';
import type { StoredCampaign } from '../../store/campaigns.ts';
import { claimKey, keyRowOf } from '../../store/keys.ts';
import { follow } from '../../store/notices.ts';
import { noteAct } from '../note-act.ts';
import { resolveStrategy } from '../strategies.ts';
import type { Workflows } from '../workflows.ts';

export interface AskedCampaign {
  readonly spec: CampaignSpec;
  readonly caller: Caller;
  /** The campaign that it undoes. */
  readonly rollbackOf?: string;
  /** Stands for this very spec: whoever asks again with it means the same campaign. */
  readonly key?: string | undefined;
}

export type AcceptedCampaign =
  | { readonly kind: 'accepted'; readonly campaign: StoredCampaign }
  | { readonly kind: 'keyReused'; readonly id: string }
  | { readonly kind: 'noStrategy'; readonly errors: readonly FieldError[] }
  | Refusal;

/** Writes a campaign down and starts its workflow; any part may be repeated. */
export async function acceptCampaign(
  asked: AskedCampaign,
  ports: Ports,
  workflows: Workflows,
): Promise<AcceptedCampaign> {
  const refusal = refuseOpenSecrets(asked.spec);
  if (refusal !== undefined) return refusal;
  const createdAt = new Date(ports.clock.now()).toISOString();
  const claimed = await claimId(asked, createdAt, ports);
  if ('kind' in claimed) return claimed;
  const { id } = claimed;
  const present = await readCampaign(ports.store, id);
  if (present === undefined) {
    const resolved = await withStrategyOf(asked.spec, ports);
    if (resolved.kind === 'noStrategy') return resolved;
    await writeDown({ ...asked, spec: resolved.spec }, { id, createdAt }, ports);
  }
  const campaign = present ?? (await readCampaign(ports.store, id));
  if (campaign === undefined) throw new Error(`campaign ${id} was not written`);
  await listCampaign(ports.store, campaign.record);
  if (!isOver(campaign.record.phase)) await workflows.start({ id, runbook: 'campaign' });
  return { kind: 'accepted', campaign };
}

/** With what the strategy says that it names, in the version of this moment: all its rollouts go alike. */
async function withStrategyOf(
  spec: CampaignSpec,
  ports: Ports,
): Promise<
  | { readonly kind: 'spec'; readonly spec: CampaignSpec }
  | Extract<AcceptedCampaign, { readonly kind: 'noStrategy' }>
> {
  const read = anyRolloutOf(spec);
  if (spec.rollout.namedStrategy === undefined || read.kind === 'invalid') return { kind: 'spec', spec };
  const resolved = await resolveStrategy(read.spec, ports);
  if (resolved.kind === 'noStrategy') {
    const errors = resolved.errors.map((one) => ({ ...one, path: pathIn(one.path) }));
    return { kind: 'noStrategy', errors };
  }
  const { strategy, health, soakSeconds, approvals, onFailure, namedStrategy } = resolved.spec;
  const named = { strategy, health, soakSeconds, approvals, onFailure, namedStrategy };
  return { kind: 'spec', spec: { ...spec, rollout: { ...spec.rollout, ...named } } };
}

async function claimId(
  { spec, key, rollbackOf }: AskedCampaign,
  now: string,
  { store }: Ports,
): Promise<{ readonly id: string } | Extract<AcceptedCampaign, { readonly kind: 'keyReused' }>> {
  const fresh = `c-${idStart(now)}-${randomBytes(4).toString('hex')}`;
  if (key === undefined) return { id: fresh };
  const hashes = store.cipher.hashes(rollbackOf === undefined ? spec : { spec, rollbackOf });
  const claim = { rolloutId: fresh, specHash: hashes[0] ?? '' };
  // A start with the same key counts once
  const { rolloutId: id, specHash } = await claimKey(store, `campaign ${key}`, claim);
  return hashes.includes(specHash) ? { id } : { kind: 'keyReused', id };
}

async function writeDown(
  { spec, caller, rollbackOf, key }: AskedCampaign,
  { id, createdAt }: { readonly id: string; readonly createdAt: string },
  ports: Ports,
): Promise<void> {
  const { name, stages, reason } = spec;
  const { name: by } = caller;
  await noteAct(ports, 'campaignIntended', {
    by,
    message:
      rollbackOf === undefined
        ? acts.campaignIntended({ id, name, stages: stages.length }, reason)
        : acts.campaignUndoIntended({ id, name, rollbackOf }, reason),
  });
  const record = newCampaign(spec, {
    id,
    createdAt,
    caller,
    ...(rollbackOf !== undefined && { rollbackOf }),
    ...(key !== undefined && { keyRow: keyRowOf(`campaign ${key}`) }),
  });
  await noteLiveCampaign(ports.store, record);
  await follow(ports.store, id);
  await insertCampaign(ports.store, { record, spec });
  await noteAct(ports, 'campaignAccepted', { by, message: acts.campaignAccepted(id) });
}
