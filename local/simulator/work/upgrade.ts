import { extensionsOf, imageReferenceOf, isHealthExtension, isWindows } from '../model/schema.ts';
import { canonical } from '../model/json.ts';
import { changeInstance, writeInstanceEntry } from '../store/change.ts';
import type { ProvisioningFailure } from '../store/failure.ts';
import type { Instance, InstanceState, Work, WorkClass } from '../store/instance.ts';
import { modelOf, type ScaleSet } from '../store/scale-set.ts';
import { scheduleIn, type World } from '../world.ts';
import { bootGuest, settleHealth, transitioning } from './guest.ts';
import { healthNow, healthWhileDown } from './health.ts';
import { completePart } from './operation.ts';
import { classify, exactVersionOf } from './plan.ts';
import { inThisLife, secondsOf } from './timing.ts';

export function isDisruptive(work: { readonly class: WorkClass }): boolean {
  return work.class === 'image' || work.class === 'resize';
}

/** Gives an instance its part of an upgrade; work that it was busy with is taken over and starts again. */
export function upgradeInstance(
  world: World,
  set: ScaleSet,
  instance: Instance,
  order: Pick<Work, 'operation' | 'failure'>,
): void {
  const earlier = instance.work;
  const target = Math.max(upgradeTarget(world, set), instance.state.generation);
  const model = set.models.get(target) ?? set.model;
  const interrupted = earlier !== undefined && earlier.begun && isDisruptive(earlier);
  const work: Work = {
    ...order,
    target,
    class: interrupted ? earlier.class : classify(world, set, instance, model),
    begun: false,
    committed: false,
  };
  instance.work = work;
  work.operation.pending.add(instance.id);

  const { begin, nothingToDo } = world.profile.timing;
  const range = work.class === 'none' ? nothingToDo : begin;
  const start = world.random(`begin/${set.name}`).between(range[0], range[1]);
  step(world, instance, start, () => {
    work.begun = true;
    if (work.class !== 'none') {
      writeInstanceEntry(world, set, instance, {
        change: 'upgradeStarted',
        work: work.class,
        disruptive: isDisruptive(work),
        operationId: work.operation.id,
      });
    }
    RUN[work.class](world, set, instance, work);
  });
}

/** While a model write is under way, what an upgrade reaches is a matter of luck (arm-vmss.md 5a, azure-cli#25477). */
function upgradeTarget(world: World, set: ScaleSet): number {
  return world.profile.upgradeDuringModelWrite === 'newModel' ? set.generation : set.settledGeneration;
}

const RUN: Record<WorkClass, (world: World, set: ScaleSet, instance: Instance, work: Work) => void> = {
  none: (world, set, instance, work) => end(world, set, instance, work),
  model(world, set, instance, work) {
    beginUpdating(world, set, instance);
    const seconds = secondsOf(world, set, instance, world.profile.timing.modelOnly);
    step(world, instance, seconds, () => end(world, set, instance, work));
  },
  extensions: runExtensionChange,
  resize: (world, set, instance, work) => takeDown(world, set, instance, work),
  image: (world, set, instance, work) => takeDown(world, set, instance, work),
};

function beginUpdating(world: World, set: ScaleSet, instance: Instance): void {
  changeInstance(world, set, instance, {
    provisioning: 'Updating',
    provisioningTime: world.now(),
    failure: undefined,
  });
}

function takeDown(world: World, set: ScaleSet, instance: Instance, work: Work): void {
  const { timing } = world.profile;
  const model = set.models.get(work.target) ?? set.model;
  const image = isWindows(model) ? timing.windowsImageReplacement : timing.imageReplacement;
  const total = secondsOf(world, set, instance, work.class === 'image' ? image : timing.resize);
  const stop = Math.min(secondsOf(world, set, instance, timing.stop), total * 0.3);
  const boot = Math.min(secondsOf(world, set, instance, timing.start), total * 0.3);

  instance.epoch += 1;
  instance.probed = false;
  changeInstance(world, set, instance, {
    provisioning: 'Updating',
    provisioningTime: world.now(),
    failure: undefined,
    power: 'stopping',
    agent: 'notReady',
    agentTime: world.now(),
  });
  step(world, instance, stop, () => {
    changeInstance(world, set, instance, {
      power: 'stopped',
      ...healthNow(world, healthWhileDown(world, set, instance)),
    });
  });
  step(world, instance, total - boot, () => {
    work.committed = true;
    const takes = work.failure === undefined || work.failure.changed;
    changeInstance(world, set, instance, {
      power: 'starting',
      extensions: [],
      ...(takes ? { generation: work.target } : {}),
      ...(takes && work.class === 'image' ? newDisk(world, set, instance, work.target) : {}),
    });
  });
  step(world, instance, total, () => {
    changeInstance(world, set, instance, { power: 'running' });
    end(world, set, instance, work);
    bootGuest(world, set, instance, work.failure?.reason);
  });
}

function newDisk(
  world: World,
  set: ScaleSet,
  instance: Instance,
  generation: number,
): { exactVersion: string; osDisk: string } {
  const reference = imageReferenceOf(set.models.get(generation) ?? set.model);
  return {
    exactVersion: exactVersionOf(world, reference),
    osDisk: osDiskName(world, set.name, instance.id),
  };
}

export function osDiskName(world: World, scaleSet: string, instance: string): string {
  return `${scaleSet}_${scaleSet}_${instance}_OsDisk_1_${world.random('disks').hex(32)}`;
}

/** Extensions that changed are run again in the running guest; only a changed health extension touches health. */
function runExtensionChange(world: World, set: ScaleSet, instance: Instance, work: Work): void {
  const before = extensionsOf(modelOf(set, instance));
  const after = extensionsOf(set.models.get(work.target) ?? set.model);
  const known = new Map(before.map((extension) => [extension.name, canonical(extension)]));
  const changed = after.filter((extension) => known.get(extension.name) !== canonical(extension));
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
    changeInstance(world, set, instance, {
      extensions: instance.state.extensions.map((state) => {
        if (state.status === 'succeeded') return state;
        const { extension } = state;
        return failure === undefined || isHealthExtension(extension)
          ? { extension, status: 'succeeded', time: world.now() }
          : { extension, status: 'failed', time: world.now(), failure: failure.reason };
      }),
    });
    end(world, set, instance, work);
    const signalChanged =
      before.some(isHealthExtension) !== after.some(isHealthExtension) || changed.some(isHealthExtension);
    if (signalChanged) settleHealth(world, set, instance);
  });
}

function end(world: World, set: ScaleSet, instance: Instance, work: Work): void {
  const { failure } = work;
  const generation = failure === undefined || failure.changed ? work.target : instance.state.generation;
  instance.work = undefined;
  changeInstance(world, set, instance, {
    generation,
    latestModelApplied: generation === set.generation,
    ...(work.class === 'none' ? {} : provisioned(world, failure?.reason)),
    etag: instance.state.etag + 1,
  });
  if (failure !== undefined) work.operation.failure = failure.reason;
  if (work.class !== 'none') {
    writeInstanceEntry(world, set, instance, {
      change: 'upgradeEnded',
      outcome: failure === undefined ? 'succeeded' : 'failed',
      operationId: work.operation.id,
    });
  }
  completePart(world, set, work.operation, instance.id);
}

function provisioned(world: World, failure: ProvisioningFailure | undefined): Partial<InstanceState> {
  return {
    provisioning: failure === undefined ? 'Succeeded' : 'Failed',
    provisioningTime: world.now(),
    failure,
  };
}

/** Takes back work that has not gone too far: the instance comes up again as it was. */
export function abandonWork(world: World, set: ScaleSet, instance: Instance): void {
  const { work } = instance;
  if (work === undefined || work.committed) return;
  instance.work = undefined;
  if (!work.begun) return;
  writeInstanceEntry(world, set, instance, {
    change: 'upgradeEnded',
    outcome: 'preempted',
    operationId: work.operation.id,
  });
  const settled = { provisioning: 'Succeeded', provisioningTime: world.now() } as const;
  if (!isDisruptive(work)) {
    changeInstance(world, set, instance, settled);
    return;
  }
  instance.epoch += 1;
  changeInstance(world, set, instance, { power: 'starting' });
  inThisLife(world, instance, secondsOf(world, set, instance, world.profile.timing.start), () => {
    changeInstance(world, set, instance, { ...settled, power: 'running' });
    bootGuest(world, set, instance);
  });
}

/** A step of the instance's present work; dropped when the work was taken over or taken back. */
function step(world: World, instance: Instance, seconds: number, run: () => void): void {
  const { work } = instance;
  scheduleIn(world, seconds, () => {
    if (instance.work === work && instance.state.exists) run();
  });
}
