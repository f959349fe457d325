import type { Instance } from '../instance/instances.ts';
import { mostDisruptive } from '../model/change-class.ts';
import type { ChangeClass } from '../model/change-class.ts';
import type { Model } from '../model/model.ts';
import { isObject } from '../model/paths.ts';

/** What the instances lack that are not on the model as it is now, and whom that takes most of. */
export interface Lag {
  readonly class: ChangeClass;
  readonly instances: readonly string[];
}

/**
 * What it takes to bring instances to the model that lag behind it, whatever else changes. Azure shows of such an
 * instance only that it lags, and its size: what it lacks otherwise may be an image, so it may get a new disk.
 */
export function lagOf(
  targets: readonly Instance[],
  {
    model,
    image,
    sizes,
  }: { readonly model: Model; readonly image: string | undefined; readonly sizes: readonly string[] },
): Lag {
  const size = sizeOf(model);
  const classes = targets.map((instance): readonly [string, ChangeClass] => {
    const isBehind = !instance.latestModelApplied || (image !== undefined && instance.image !== image);
    const move = sizeMove(instance.vmSize, size, sizes);
    return [instance.instanceId, mostDisruptive([isBehind ? 'reimage' : 'none', move])];
  });
  const worst = mostDisruptive(classes.map(([, own]) => own));
  return { class: worst, instances: classes.flatMap(([id, own]) => (own === worst ? [id] : [])) };
}

/** Whether some instance has another size than the model: then it matters which ones its hardware offers. */
export function lagsInSize(instances: readonly Instance[], model: Model): boolean {
  return instances.some(({ vmSize }) => sizeMove(vmSize, sizeOf(model), []) !== 'none');
}

/** A size that the hardware under the set offers takes a restart (contract: VM size). */
function sizeMove(from: string | undefined, to: string | undefined, sizes: readonly string[]): ChangeClass {
  if (from === undefined || to === undefined || from.toLowerCase() === to.toLowerCase()) return 'none';
  return sizes.some((offered) => offered.toLowerCase() === to.toLowerCase()) ? 'restart' : 'deallocate';
}

function sizeOf({ sku }: Model): string | undefined {
  const name = isObject(sku) ? sku['name'] : undefined;
  return typeof name === 'string' ? name : undefined;
}
