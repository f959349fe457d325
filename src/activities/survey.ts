import { parseScaleSetId } from '../azure/address.ts';
import type { Compute, Read } from '../azure/port.ts';
import { imageOf } from '../core/image.ts';
import type { Instance } from '../core/instances.ts';
import type { Model } from '../core/model.ts';
import { locationOf, makePlan } from '../core/plan.ts';
import type { Plan } from '../core/plan.ts';
import { refuse } from '../core/refusals.ts';
import type { Refusal } from '../core/refusals.ts';
import type { RolloutSpec } from '../core/spec.ts';

export type Survey =
  | {
      readonly kind: 'planned';
      readonly plan: Plan;
      readonly snapshot: Model;
      readonly instances: readonly Instance[];
    }
  | Refusal
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly kind: 'unreachable'; readonly message: string };

/** Reads all that a plan needs and makes it; writes nothing anywhere. */
export async function survey(spec: RolloutSpec, compute: Compute): Promise<Survey> {
  const address = parseScaleSetId(spec.scaleSet);
  if (address === undefined) return noSuchSet(spec.scaleSet);
  const [set, instances] = await Promise.all([compute.scaleSet(address), compute.instances(address)]);
  if (set.kind === 'missing' || instances.kind === 'missing') return noSuchSet(spec.scaleSet);
  if (set.kind !== 'ok') return unread(set);
  if (instances.kind !== 'ok') return unread(instances);
  const { model } = set.value;

  const image = imageOf(model);
  const { subscriptionId } = address;
  const versions =
    image.kind === 'platform'
      ? await compute.imageVersions({ ...image, subscriptionId, location: locationOf(model) })
      : ({ kind: 'ok', value: [] } as const);
  if (versions.kind !== 'ok' && versions.kind !== 'missing') return unread(versions);
  const found = versions.kind === 'ok' ? versions.value : [];
  const plan = makePlan({ spec, model, instances: instances.value, versions: found });
  return plan.kind === 'refused'
    ? plan
    : { kind: 'planned', plan, snapshot: model, instances: instances.value };
}

function noSuchSet(scaleSet: string): Refusal {
  return refuse('scaleSetNotFound', `there is no scale set ${scaleSet}`, 'check its resource id', 'scaleSet');
}

function unread(read: Exclude<Read<unknown>, { kind: 'ok' }>): Exclude<Survey, { kind: 'planned' }> {
  if (read.kind === 'throttled' || read.kind === 'unreachable') return read;
  return refuse(
    'refusedByAzure',
    `Azure refused to be read: ${read.code}: ${read.message}`,
    'give the app the rights that its role needs',
  );
}
