import type { PropertyChange } from './delta.ts';

/** The part that restores the upgrade policy, when no batch is open any more. */
export const POLICY_PART = 'policy';

/** The part that switches automatic OS upgrades on again. */
export const OS_UPGRADES_PART = 'osUpgrades';

/** Whether a part only restores what was held: nothing of the change is in it. */
export function restoresGuard(name: string | undefined): boolean {
  return name === POLICY_PART || name === OS_UPGRADES_PART;
}

/** One resource that the change is written through: the scale set itself, or an extension. */
export interface ModelPart {
  readonly name: string;
  readonly extension?: string;
  readonly delta: readonly PropertyChange[];
}

/** The scale set itself comes first: with it the guards are held. */
export function partsOf(delta: readonly PropertyChange[]): readonly ModelPart[] {
  const own = delta.filter(({ extension }) => extension === undefined);
  const extensions = Map.groupBy(
    delta.filter(({ extension }) => extension !== undefined),
    ({ extension = '' }) => extension,
  );
  return [
    ...(own.length === 0 ? [] : [{ name: 'scaleSet', delta: own }]),
    ...[...extensions].map(([extension, part]) => ({
      name: `extension ${extension}`,
      extension,
      delta: part,
    })),
  ];
}
