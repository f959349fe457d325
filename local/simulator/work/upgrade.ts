import { imageReferenceOf } from '../model/schema.ts';
import type { WorkClass } from '../operations/row.ts';
import { isOff } from '../store/instance.ts';
import type { Instance, InstanceState, Work, WorkOptions } from '../store/instance.ts';
import type { Operation } from '../store/operations.ts';
import type { RollingKind } from '../store/rolling-upgrade.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';
import { runExtensionChange } from './extension-change.ts';
import { classify, exactVersionOf, needsDeallocation } from './plan.ts';
import { deallocate, powerOff, start } from './power.ts';
import { beginUpdating, endWork, giveWork, isDisruptive, step } from './steps.ts';
import { takeDown } from './take-down.ts';
import { secondsOf } from './timing.ts';

type Order = Pick<Work, 'operation' | 'failure'> & { readonly options?: WorkOptions };
type Run = (world: World, set: ScaleSet, instance: Instance, work: Work) => void;

/** Brings an instance to the scale set's model, with as much disruption as that takes. */
export function upgradeInstance(world: World, set: ScaleSet, instance: Instance, order: Order): void {
  const target = Math.max(upgradeTarget(world, set), instance.state.generation);
  if (isOff(instance) && world.profile.upgradeWhileOff === 'leaves') {
    run(
      world,
      set,
      instance,
      workFor(world, instance, order, { target: instance.state.generation, asked: 'none' }),
    );
    return;
  }
  const model = set.models.get(target) ?? set.model;
  const needed = classify(world, set, instance, model);
  const refusal = needsDeallocation(world, set, instance, model);
  const ordered = refusal === undefined ? order : { ...order, failure: { reason: refusal, changed: false } };
  run(world, set, instance, workFor(world, instance, ordered, { target, asked: needed }));
}

/** Does something else than an upgrade to an instance, which stays on the model that it has. */
export function actOnInstance(
  world: World,
  set: ScaleSet,
  instance: Instance,
  order: Order & { readonly class: WorkClass },
): void {
  run(
    world,
    set,
    instance,
    workFor(world, instance, order, { target: instance.state.generation, asked: order.class }),
  );
}

/** What a rolling upgrade does to one instance; an OS upgrade replaces the disk where a newer image is out. */
export function upgradeForRolling(
  world: World,
  set: ScaleSet,
  instance: Instance,
  order: { readonly operation: Operation; readonly kind: RollingKind },
): void {
  const target = Math.max(set.generation, instance.state.generation);
  const model = set.models.get(target) ?? set.model;
  const isBehind = exactVersionOf(world, imageReferenceOf(model)) !== instance.state.exactVersion;
  const needed = classify(world, set, instance, model);
  const asked =
    order.kind === 'osImage' && isBehind
      ? 'image'
      : order.kind === 'extensions' && needed === 'none'
        ? 'extensions'
        : needed;
  run(world, set, instance, workFor(world, instance, { ...order, failure: undefined }, { target, asked }));
}

/** Gives an instance back what it had before, its old OS disk included. */
export function restoreTo(
  world: World,
  set: ScaleSet,
  instance: Instance,
  order: { readonly operation: Operation; readonly before: InstanceState },
): void {
  const { operation, before } = order;
  const { exactVersion, osDisk } = before;
  const options = { disk: { exactVersion, osDisk } };
  run(
    world,
    set,
    instance,
    workFor(
      world,
      instance,
      { operation, failure: undefined, options },
      { target: before.generation, asked: 'image' },
    ),
  );
}

/** Work that leaves nothing half done: what it takes over it carries through, or replaces by as much disruption. */
function workFor(
  world: World,
  instance: Instance,
  order: Order,
  { target, asked }: { readonly target: number; readonly asked: WorkClass },
): Work {
  const { operation, failure } = order;
  const interrupted = interruptedWork(instance);
  const workClass = interrupted !== undefined && carriesOn(interrupted, asked) ? interrupted.class : asked;
  const { disk, ...inherited } = interrupted?.options ?? {};
  const restores = workClass === interrupted?.class && disk !== undefined ? { disk } : {};
  return {
    operation,
    failure,
    options: { ...inherited, ...restores, ...order.options },
    target,
    class: workClass,
    bringsUp: bringsUp(world, instance, workClass, interrupted),
    inherits: interrupted !== undefined,
    begun: false,
    committed: false,
  };
}

/** Work that somebody sees to be under way: the instance is down for it, or shows `Updating`. */
function interruptedWork({ work }: Instance): Work | undefined {
  if (work === undefined || work.class === 'none') return undefined;
  return work.begun || work.inherits || work.class === 'disks' ? work : undefined;
}

/** Whether gentler work has to do what it interrupts, lest the instance stay down or `Updating` for ever. */
function carriesOn(interrupted: Work, asked: WorkClass): boolean {
  if (isDisruptive({ class: asked }) || asked === 'start') return false;
  return asked === 'none' || interrupted.class === 'start' || isDisruptive(interrupted);
}

/** An instance that is off stays off, unless it is off only for the work that is taken over. */
function bringsUp(
  world: World,
  instance: Instance,
  workClass: WorkClass,
  interrupted: Work | undefined,
): boolean {
  if (workClass === 'start') return true;
  if (workClass === 'powerOff' || workClass === 'deallocate') return false;
  if (!isOff(instance)) return true;
  const starts = world.profile.upgradeWhileOff === 'starts' && REPLACES.includes(workClass);
  return starts || interrupted?.bringsUp === true;
}

const REPLACES: readonly WorkClass[] = ['image', 'reimage', 'resize'];

/** While a model write is under way, what an upgrade reaches is a matter of luck (arm-vmss.md 5a, azure-cli#25477). */
function upgradeTarget(world: World, set: ScaleSet): number {
  return world.profile.upgradeDuringModelWrite === 'newModel' ? set.generation : set.settledGeneration;
}

function run(world: World, set: ScaleSet, instance: Instance, work: Work): void {
  giveWork(world, set, instance, work).begin(() => RUN[work.class](world, set, instance, work));
}

/** Work that the guest does not notice. */
function inPlace(duration: 'modelOnly' | 'reapply' | 'dataDisks'): Run {
  return (world, set, instance, work) => {
    beginUpdating(world, set, instance);
    const seconds = secondsOf(world, set, instance, world.profile.timing[duration]);
    step(world, instance, seconds, () => endWork(world, set, instance, work));
  };
}

const RUN: Record<WorkClass, Run> = {
  none: endWork,
  model: inPlace('modelOnly'),
  reapply: inPlace('reapply'),
  disks: inPlace('dataDisks'),
  extensions: runExtensionChange,
  resize: takeDown,
  image: takeDown,
  reimage: takeDown,
  restart: takeDown,
  redeploy: takeDown,
  start,
  powerOff,
  deallocate,
};
