import { planGuards } from '../../core/plan/restore-guards.ts';
import type { RolloutSpec } from '../../core/spec/spec.ts';
import type { Ports } from '../frame/ports.ts';
import { readGuardsLeft } from './guards-left.ts';
import { readListed, surveyed, unread } from './surveyed.ts';
import type { Survey, SurveyOptions } from './surveyed.ts';

/** Reads which guards an ended rollout left, and plans which of them to restore; writes nothing. */
export async function surveyGuards(
  spec: RolloutSpec,
  { compute, store }: Pick<Ports, 'compute' | 'store'>,
  options: SurveyOptions,
): Promise<Survey> {
  const held = await readGuardsLeft(spec, store);
  if (held.kind === 'refused') return held;
  const listed = await readListed(spec.scaleSet, compute, options);
  if (listed.kind !== 'listed') return listed;
  const { address, model, instances } = listed;
  const rollingUpgrade = await compute.rollingUpgrade(address);
  if (rollingUpgrade.kind !== 'ok' && rollingUpgrade.kind !== 'missing') return unread(rollingUpgrade);
  const plan = planGuards({
    spec,
    model,
    instances,
    left: held.left,
    hashes: store.cipher.hashes,
    ...(rollingUpgrade.kind === 'ok' && { rollingUpgrade: rollingUpgrade.value }),
  });
  return surveyed(plan, model, instances);
}
