import { randomBytes } from 'node:crypto';
import type { Ports } from '../../activities/frame/ports.ts';
import { isOver, newCampaign } from '../../core/campaign/campaign.ts';
import type { CampaignSpec } from '../../core/campaign/spec.ts';
import { acts } from '../../core/messages/acts.ts';
import type { Refusal } from '../../core/messages/refusals.ts';
import { idStart } from '../../core/run/retention.ts';
import { refuseOpenSecrets } from '../../core/spec/open-secrets.ts';
import { listCampaign, noteLiveCampaign } from '../../store/campaign-list.ts';
import { insertCampaign, readCampaign } from '../../store/campaigns.ts';
import type { StoredCampaign } from '../../store/campaigns.ts';
import { claimKey } from '../../store/keys.ts';
import { noteAct } from '../note-act.ts';
import type { Workflows } from '../workflows.ts';

export interface AskedCampaign {
  readonly spec: CampaignSpec;
  readonly by: string;
  /** Whether they may change tags that the policy reads, everywhere. */
  readonly byAdmin: boolean;
  /** Stands for this very spec: whoever asks again with it means the same campaign. */
  readonly key?: string | undefined;
}

export type AcceptedCampaign =
  | { readonly kind: 'accepted'; readonly campaign: StoredCampaign }
  | { readonly kind: 'keyReused'; readonly id: string }
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
  if (present === undefined) await writeDown(asked, { id, createdAt }, ports);
  const campaign = present ?? (await readCampaign(ports.store, id));
  if (campaign === undefined) throw new Error(`campaign ${id} was not written`);
  await listCampaign(ports.store, campaign.record);
  if (!isOver(campaign.record.phase)) await workflows.start({ id, runbook: 'campaign' });
  return { kind: 'accepted', campaign };
}

async function claimId(
  { spec, key }: AskedCampaign,
  now: string,
  { store }: Ports,
): Promise<{ readonly id: string } | Extract<AcceptedCampaign, { readonly kind: 'keyReused' }>> {
  const fresh = `c-${idStart(now)}-${randomBytes(4).toString('hex')}`;
  if (key === undefined) return { id: fresh };
  const hashes = store.cipher.hashes(spec);
  const claim = { rolloutId: fresh, specHash: hashes[0] ?? '' };
  // A start with the same key counts once
  const { rolloutId: id, specHash } = await claimKey(store, `campaign ${key}`, claim);
  return hashes.includes(specHash) ? { id } : { kind: 'keyReused', id };
}

async function writeDown(
  { spec, by, byAdmin }: AskedCampaign,
  { id, createdAt }: { readonly id: string; readonly createdAt: string },
  ports: Ports,
): Promise<void> {
  const { name, stages, reason } = spec;
  await noteAct(ports, 'campaignIntended', {
    by,
    message: acts.campaignIntended({ id, name, stages: stages.length }, reason),
  });
  const record = newCampaign(spec, {
    id,
    requestedBy: by,
    createdAt,
    ...(byAdmin && { byAdmin }),
  });
  await noteLiveCampaign(ports.store, record);
  await insertCampaign(ports.store, { record, spec });
  await noteAct(ports, 'campaignAccepted', { by, message: acts.campaignAccepted(id) });
}
