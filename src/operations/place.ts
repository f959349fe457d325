import type { Ports } from '../activities/frame/ports.ts';
import { parseScaleSetId } from '../azure/address.ts';
import type { Read } from '../azure/port.ts';
import type { Place } from '../core/access/area.ts';
import { tagsRead } from '../core/access/policy.ts';
import type { Policy } from '../core/access/policy.ts';
import { tagsOf } from '../core/model/tags.ts';

/** Azure does not say which tags a scale set has, and the policy wants to know. */
export interface Untold {
  readonly kind: 'untold';
  readonly read: Exclude<Read<unknown>, { readonly kind: 'ok' }>;
}

/** A scale set with its tags of this moment, where the policy reads any; one that is not there has none. */
export async function placeOf(
  scaleSet: string,
  policy: Policy,
  compute: Ports['compute'],
): Promise<{ readonly kind: 'place'; readonly place: Place } | Untold> {
  const address = parseScaleSetId(scaleSet);
  if (address === undefined || tagsRead(policy, scaleSet).length === 0)
    return { kind: 'place', place: { scaleSet } };
  const read = await compute.scaleSet(address);
  if (read.kind !== 'ok' && read.kind !== 'missing') return { kind: 'untold', read };
  return { kind: 'place', place: { scaleSet, tags: read.kind === 'ok' ? tagsOf(read.value.model) : {} } };
}
