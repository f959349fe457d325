import { z } from 'zod';
import { RolloutSpec } from './spec.ts';

const { strategy, health, soakSeconds, approvals, onFailure } = RolloutSpec.shape;

/** How rollouts go that use it by its name: whole, so that what was reviewed once is what is used. */
export const NamedStrategy = z.strictObject({ strategy, health, soakSeconds, approvals, onFailure });
export type NamedStrategy = Readonly<z.infer<typeof NamedStrategy>>;

/** The spec with what the strategy says in the place of what would be the default, and which version it was. */
export function withStrategy(
  spec: RolloutSpec,
  {
    name,
    number,
    strategy: named,
  }: { readonly name: string; readonly number: number; readonly strategy: NamedStrategy },
): RolloutSpec {
  return { ...spec, ...named, namedStrategy: { name, version: number } };
}
