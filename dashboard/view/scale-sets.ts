import type { ScaleSetSummary, SetInstance } from '../api/shapes.ts';
import { imageText } from './text.ts';

export const COLUMNS = [
  ['name', 'Name'],
  ['location', 'Location'],
  ['vmSize', 'Size'],
  ['capacity', 'Instances'],
  ['image', 'Image'],
  ['upgradePolicy', 'Policy'],
  ['provisioningState', 'State'],
  ['heldBy', 'Rollout'],
] as const;

export type Column = (typeof COLUMNS)[number][0];

/** Those that fit the filter, in the order of a column; what is held or empty last, names decide between equals. */
export function arranged(
  sets: readonly ScaleSetSummary[],
  filter: string,
  order: Column,
): readonly ScaleSetSummary[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return sets
    .filter((set) => {
      const text = searchable(set);
      return words.every((word) => text.includes(word));
    })
    .sort((one, other) => compare(keyOf(one, order), keyOf(other, order)) || compare(one.name, other.name));
}

function searchable({ id, location, vmSize, image, provisioningState, heldBy }: ScaleSetSummary): string {
  const { version, of } = imageText(image);
  return [id, location, vmSize, version, of, provisioningState, heldBy].join(' ').toLowerCase();
}

function keyOf(set: ScaleSetSummary, order: Column): string | number {
  if (order === 'image') return imageText(set.image).version;
  if (order === 'capacity') return -(set.capacity ?? 0);
  // Running rollouts first.
  if (order === 'heldBy') return set.heldBy === null ? '1' : `0${set.heldBy}`;
  return set[order] ?? '';
}

function compare(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one).localeCompare(String(other), 'en', { numeric: true });
}

/** How many instances are not as they should be. */
export function standingOf(instances: readonly SetInstance[]): {
  readonly behind: number;
  readonly unhealthy: number;
} {
  return {
    behind: instances.filter(({ latestModelApplied }) => !latestModelApplied).length,
    unhealthy: instances.filter(
      ({ health, provisioningState }) => health === 'unhealthy' || provisioningState === 'Failed',
    ).length,
  };
}
