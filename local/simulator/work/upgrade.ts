import type { Instance, Work, WorkClass } from '../store/instance.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';
import { runExtensionChange } from './extension-change.ts';
import { classify } from './plan.ts';
import { deallocate, powerOff, start } from './power.ts';
import { beginUpdating, endWork, giveWork, isDisruptive, step } from './steps.ts';
import { takeDown } from './take-down.ts';
import { secondsOf } from './timing.ts';

type Order = Pick<Work, 'operation' | 'failure'>;
type Run = (world: World, set: ScaleSet, instance: Instance, work: Work) => void;

/** Brings an instance to the scale set's model, with as much disruption as that takes. */
export function upgradeInstance(world: World, set: ScaleSet, instance: Instance, order: Order): void {
  const target = Math.max(upgradeTarget(world, set), instance.state.generation);
  const needed = classify(world, set, instance, set.models.get(target) ?? set.model);
  const interrupted = interruptedWork(instance);
  const isDown = interrupted !== undefined && !isDisruptive({ class: needed });
  run(world, set, instance, workFor(instance, order, target, isDown ? interrupted.class : needed));
}

/** Does something else than an upgrade to an instance, which stays on the model that it has. */
export function actOnInstance(
  world: World,
  set: ScaleSet,
  instance: Instance,
  order: Order & { readonly class: WorkClass },
): void {
  run(world, set, instance, workFor(instance, order, instance.state.generation, order.class));
}

function workFor(instance: Instance, order: Order, target: number, workClass: WorkClass): Work {
  const { operation, failure } = order;
  const atRest =
    ['stopped', 'deallocated'].includes(instance.state.power) && interruptedWork(instance) === undefined;
  return { operation, failure, target, class: workClass, bringsUp: !atRest, begun: false, committed: false };
}

/** Work that holds an instance down just now; whoever takes it over must bring the instance up again. */
function interruptedWork({ work }: Instance): Work | undefined {
  return work !== undefined && work.begun && isDisruptive(work) && work.bringsUp ? work : undefined;
}

/** While a model write is under way, what an upgrade reaches is a matter of luck (arm-vmss.md 5a, azure-cli#25477). */
function upgradeTarget(world: World, set: ScaleSet): number {
  return world.profile.upgradeDuringModelWrite === 'newModel' ? set.generation : set.settledGeneration;
}

function run(world: World, set: ScaleSet, instance: Instance, work: Work): void {
  giveWork(world, set, instance, work).begin(() => RUN[work.class](world, set, instance, work));
}

const RUN: Record<WorkClass, Run> = {
  none: endWork,
  model(world, set, instance, work) {
    beginUpdating(world, set, instance);
    const seconds = secondsOf(world, set, instance, world.profile.timing.modelOnly);
    step(world, instance, seconds, () => endWork(world, set, instance, work));
  },
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
