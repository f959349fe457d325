import type { Plan } from '../api/shapes.ts';
import { APART, ASIDE } from './states.ts';
import type { Look } from './states.ts';

/** Which batch of a plan each instance is in. */
export function plannedLook({ batches, skipped = [] }: Plan): (instanceId: string) => Look {
  const looks = new Map<string, Look>();
  for (const { index, name, instances } of batches) {
    const look = {
      label: `batch ${index}, ${name}`,
      sign: String(index),
      tone: APART[index % 6] ?? 'one',
    };
    for (const id of instances) looks.set(id, look);
  }
  for (const { instance } of skipped) looks.set(instance, { label: 'skipped', sign: '–', tone: 'off' });
  return (id) => looks.get(id) ?? ASIDE;
}
