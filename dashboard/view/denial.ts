import type { ScaleSet } from '../api/shapes.ts';

/** Why whoever looks may not do something with a scale set. */
export function denialIn(
  { denied }: Pick<ScaleSet, 'denied'>,
  act: NonNullable<ScaleSet['denied']>[number]['act'],
): string | undefined {
  return denied?.find((one) => one.act === act)?.message;
}
