import { parseScaleSetId } from '../../azure/address.ts';
import { planGuards } from '../../core/plan/restore-guards.ts';
import type { RolloutSpec } from '../../core/spec/spec.ts';
import type { Ports } from '../frame/ports.ts';
import { readGuardsLeft } from './guards-left.ts';
import { noSuchSet, shortOf, surveyed, unread } from './surveyed.ts';
import type { Survey } from './surveyed.ts';

/** Reads which guards an ended rollout left, and plans what of them is restored; writes nothing anywhere. */
export async function surveyGuards(
  spec: RolloutSpec,
  { compute, store }: Pick<Ports, 'compute' | 'store'>,
  { takesShort }: { readonly takesShort: boolean },
): Promise<Survey> {
  const address = parseScaleSetId(spec.scaleSet);
  if (address === undefined) return noSuchSet(spec.scaleSet);
  const held = await readGuardsLeft(spec, store);
  if (held.kind === 'refused') return held;
  const [set, instances] = await Promise.all([compute.scaleSet(address), compute.instances(address)]);
  if (set.kind === 'missing' || instances.kind === 'missing') return noSuchSet(spec.scaleSet);
  if (set.kind !== 'ok') return unread(set);
  if (instances.kind !== 'ok') return unread(instances);
  const { model } = set.value;
  const short = shortOf(model, instances.value, takesShort);
  if (short !== undefined) return short;
  const rollingUpgrade = await compute.rollingUpgrade(address);
  if (rollingUpgrade.kind !== 'ok' && rollingUpgrade.kind !== 'missing') return unread(rollingUpgrade);
  const plan = planGuards({
    spec,
    model,
    instances: instances.value,
    left: held.left,
    ...(rollingUpgrade.kind === 'ok' && { rollingUpgrade: rollingUpgrade.value }),
  });
  return surveyed(plan, model, instances.value);
}
