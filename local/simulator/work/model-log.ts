import type { ModelEntry } from '../log/entries.ts';
import { imageReferenceOf } from '../model/schema.ts';
import { etagText, type ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';

export function logModel(
  world: World,
  set: ScaleSet,
  by: ModelEntry['by'],
  changed: readonly string[],
): void {
  world.log.write(world.now(), {
    kind: 'model',
    scaleSet: set.name,
    by,
    generation: set.generation,
    etag: etagText(set.etag),
    capacity: set.model.sku.capacity,
    vmSize: set.model.sku.name,
    image: { ...imageReferenceOf(set.model) },
    changed,
  });
}
