import { failureOfExtension, isSuppressed } from '../faults/extension-failures.ts';
import { canonical } from '../model/json.ts';
import { extensionsOf, isHealthExtension } from '../model/schema.ts';
import { changeInstance } from '../views/change.ts';
import type { Instance, Work } from '../store/instance.ts';
import { modelOf, type ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';
import { settleHealth, transitioning } from './guest.ts';
import { beginUpdating, endWork, step } from './steps.ts';
import { secondsOf } from './timing.ts';

/** Extensions that changed are run again in the running guest; only a changed health extension touches health. */
export function runExtensionChange(world: World, set: ScaleSet, instance: Instance, work: Work): void {
  const before = extensionsOf(modelOf(set, instance));
  const after = extensionsOf(set.models.get(work.target) ?? set.model);
  const known = new Map(before.map((extension) => [extension.name, canonical(extension)]));
  const changed = after.filter((extension) => known.get(extension.name) !== canonical(extension));
  const suppressed = new Set(after.filter(isSuppressed).map(({ name }) => name));
  beginUpdating(world, set, instance);
  changeInstance(world, set, instance, {
    extensions: after.map((extension) => {
      const kept = instance.state.extensions.find((state) => state.extension.name === extension.name);
      return kept === undefined || changed.includes(extension) ? transitioning(extension, world.now()) : kept;
    }),
  });
  const seconds =
    secondsOf(world, set, instance, world.profile.timing.extension) * Math.max(1, changed.length);
  step(world, instance, seconds, () => {
    const { failure } = work;
    const struck = new Map(
      changed.map((extension) => [extension.name, failureOfExtension(world, set, instance, extension)]),
    );
    const fatal = changed.find(({ name }) => struck.get(name) !== undefined && !suppressed.has(name));
    const reason = fatal === undefined ? undefined : struck.get(fatal.name)?.failure;
    changeInstance(world, set, instance, {
      extensions: instance.state.extensions.map((state) => {
        if (state.status === 'succeeded') return state;
        const { extension } = state;
        const own = struck.get(extension.name);
        if (own !== undefined) return { extension, status: 'failed', time: world.now(), ...own };
        return failure === undefined || isHealthExtension(extension)
          ? { extension, status: 'succeeded', time: world.now() }
          : { extension, status: 'failed', time: world.now(), failure: failure.reason };
      }),
    });
    endWork(
      world,
      set,
      instance,
      reason === undefined ? work : { ...work, failure: { reason, changed: true } },
    );
    const signalChanged =
      before.some(isHealthExtension) !== after.some(isHealthExtension) || changed.some(isHealthExtension);
    if (signalChanged) settleHealth(world, set, instance);
  });
}
