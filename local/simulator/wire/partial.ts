import type { RequestTraits } from '../calls/call.ts';
import { faultFor } from '../faults/match.ts';
import { isObject } from '../model/json.ts';
import type { World } from '../world.ts';

/** Views of instances without what a fault takes from them. */
export function partial(world: World, traits: RequestTraits, body: unknown): unknown {
  const fault = faultFor(world, 'partialView', traits);
  if (fault === undefined) return body;
  const { lacks } = fault;
  return traits.operation === 'instanceView' ? without(body, lacks) : withoutInViews(body, lacks);
}

function withoutInViews(value: unknown, lacks: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((inner: unknown) => withoutInViews(inner, lacks));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'instanceView' ? without(inner, lacks) : withoutInViews(inner, lacks),
    ]),
  );
}

function without(view: unknown, lacks: readonly string[]): unknown {
  if (!isObject(view)) return view;
  return Object.fromEntries(Object.entries(view).filter(([key]) => !lacks.includes(key)));
}
