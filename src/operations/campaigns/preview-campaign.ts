import type { Ports } from '../../activities/frame/ports.ts';
import type { CampaignSet } from '../../core/campaign/campaign.ts';
import { pinnedSpec } from '../../core/campaign/pin.ts';
import { rolloutOf } from '../../core/campaign/spec.ts';
import type { CampaignSpec } from '../../core/campaign/spec.ts';
import { policy } from '../../core/messages/policy.ts';
import type { Refusal } from '../../core/messages/refusals.ts';
import { refuseOpenSecrets } from '../../core/spec/open-secrets.ts';
import { readSpec, scaleSetKey } from '../../core/spec/spec.ts';
import type { FieldError } from '../../core/spec/field-errors.ts';
import { listHeldLeases } from '../../store/leases.ts';
import { judgeByPolicy } from '../policy.ts';
import type { MayDo } from '../policy.ts';
import { layOut } from './lay-out.ts';
import type { LaidOut } from './lay-out.ts';

/** One set of a campaign that is only thought of. */
export interface PlannedSet extends CampaignSet {
  /** The rollout that holds it now. */
  readonly heldBy?: string;
  /** What the policy has against it. */
  readonly forbidden?: string;
}

export type CampaignPreview =
  | { readonly kind: 'planned'; readonly sets: readonly PlannedSet[]; readonly version?: string }
  | Exclude<LaidOut, { readonly kind: 'laidOut' }>
  | Refusal;

/** What a campaign of this spec would do: its sets by stage, who holds them, and the one version; reads only. */
export async function previewCampaign(
  { spec, mayDo }: { readonly spec: CampaignSpec; readonly mayDo: MayDo },
  ports: Ports,
): Promise<CampaignPreview> {
  const refusal = refuseOpenSecrets(spec);
  if (refusal !== undefined) return refusal;
  const found = await layOut(spec, ports);
  if (found.kind !== 'laidOut') return found;
  const { version } = found;
  const pinned = pinnedSpec(spec, version);
  const held = await listHeldLeases(ports.store);
  const holders = new Map(held.map(({ scaleSet, rolloutId }) => [scaleSetKey(scaleSet), rolloutId]));
  const sets: PlannedSet[] = [];
  for (const set of found.sets) {
    const heldBy = holders.get(scaleSetKey(set.scaleSet));
    const forbidden = await forbiddenBy(set, { spec: pinned, mayDo }, ports);
    sets.push({
      ...set,
      ...(heldBy !== undefined && { heldBy }),
      ...(forbidden !== undefined && { forbidden }),
    });
  }
  return { kind: 'planned', sets, ...(version !== undefined && { version }) };
}

async function forbiddenBy(
  { scaleSet, stage, phase }: CampaignSet,
  { spec, mayDo }: { readonly spec: CampaignSpec; readonly mayDo: MayDo },
  ports: Ports,
): Promise<string | undefined> {
  if (phase === 'skipped') return undefined;
  const read = readSpec(
    rolloutOf(spec, { campaign: 'plan', scaleSet, stage: spec.stages[stage]?.name ?? '' }),
  );
  if (read.kind === 'invalid') return told(read.errors);
  const judged = await judgeByPolicy({ spec: read.spec, right: 'plan', mayDo }, ports);
  switch (judged.kind) {
    case 'outOfScope':
      return policy.outOfScope;
    case 'forbidden':
      return judged.denial.message;
    case 'againstPolicy':
      return told(judged.errors);
    case 'untold':
    case 'place':
      return undefined;
  }
}

function told(errors: readonly FieldError[]): string {
  return errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
}
