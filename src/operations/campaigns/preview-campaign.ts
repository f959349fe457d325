import type { Ports } from '../../activities/frame/ports.ts';
import type { CampaignSet } from '../../core/campaign/campaign.ts';
import { pinnedSpec } from '../../core/campaign/pin.ts';
import { rolloutOf } from '../../core/campaign/rollout-spec.ts';
import type { CampaignSpec } from '../../core/campaign/spec.ts';
import type { Refusal } from '../../core/messages/refusals.ts';
import { refuseOpenSecrets } from '../../core/spec/open-secrets.ts';
import { scaleSetKey } from '../../core/spec/spec.ts';
import { listHeldLeases } from '../../store/leases.ts';
import type { MayDo } from '../policy.ts';
import { layOut } from './lay-out.ts';
import type { LaidOut } from './lay-out.ts';
import { planSet } from './plan-set.ts';
import type { PlannedAs } from './plan-set.ts';

/** One set of a campaign that is only thought of. */
export interface PlannedSet extends CampaignSet {
  /** The rollout that holds it now. */
  readonly heldBy?: string;
  /** What its own rollout would do; absent of those that are skipped, and beyond the first so many. */
  readonly planned?: PlannedAs;
}

export type CampaignPreview =
  | {
      readonly kind: 'planned';
      readonly sets: readonly PlannedSet[];
      readonly version?: string;
      /** How many more there are that the caller may not read. */
      readonly hidden: number;
    }
  | Exclude<LaidOut, { readonly kind: 'laidOut' }>
  | Refusal;

/**
 * Each plan reads its set from Azure, and a request is answered within minutes: of more sets than this only the first are
 * planned. A few at a time, beside what the rollouts read that run.
 */
const MOST_PLANNED = 100;
const AT_ONCE = 8;

/** What a campaign of this spec would do: its sets by stage, what each rollout would do, and the one version; reads only. */
export async function previewCampaign(
  { spec, mayDo }: { readonly spec: CampaignSpec; readonly mayDo: MayDo },
  ports: Ports,
): Promise<CampaignPreview> {
  const refusal = refuseOpenSecrets(spec);
  if (refusal !== undefined) return refusal;
  const found = await layOut(spec, ports);
  if (found.kind !== 'laidOut') return found;
  const { version } = found;
  const seen = found.sets.filter((set) => mayDo('read', set) === undefined);
  const held = await listHeldLeases(ports.store);
  const holders = new Map(held.map(({ scaleSet, rolloutId }) => [scaleSetKey(scaleSet), rolloutId]));
  const plans = await planAll(seen, { spec: pinnedSpec(spec, version), mayDo }, ports);
  const sets = seen.map((set): PlannedSet => {
    const heldBy = holders.get(scaleSetKey(set.scaleSet));
    const planned = plans.get(set);
    return { ...set, ...(heldBy !== undefined && { heldBy }), ...(planned !== undefined && { planned }) };
  });
  const hidden = found.sets.length - seen.length;
  return { kind: 'planned', sets, hidden, ...(version !== undefined && { version }) };
}

async function planAll(
  sets: readonly CampaignSet[],
  { spec, mayDo }: { readonly spec: CampaignSpec; readonly mayDo: MayDo },
  ports: Ports,
): Promise<ReadonlyMap<CampaignSet, PlannedAs>> {
  const plans = new Map<CampaignSet, PlannedAs>();
  const taken = sets.filter(({ phase }) => phase !== 'skipped').slice(0, MOST_PLANNED);
  for (let from = 0; from < taken.length; from += AT_ONCE) {
    const some = taken.slice(from, from + AT_ONCE).map(async (set) => {
      const stage = spec.stages[set.stage]?.name ?? '';
      const of = rolloutOf(spec, { campaign: 'plan', scaleSet: set.scaleSet, stage });
      plans.set(set, await planSet({ spec: of, mayDo }, ports));
    });
    await Promise.all(some);
  }
  return plans;
}
