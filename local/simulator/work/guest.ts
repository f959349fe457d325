import { conditionOf } from '../faults/ailments.ts';
import { failureOfExtension, isSuppressed } from '../faults/extension-failures.ts';
import { extensionsOf, isHealthExtension, type ModelExtension } from '../model/schema.ts';
import { changeInstance } from '../views/change.ts';
import type { ProvisioningFailure } from '../store/failure.ts';
import type { ExtensionState, Instance } from '../store/instance.ts';
import { modelOf, signalOf, type ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';
import { healthNow, probe, reported } from './health.ts';
import { inThisLife, secondsOf } from './timing.ts';

/**
 * From a running machine to a serving one: the agent reports, extensions run one after the other, health is probed.
 * All of it happens after the operation has already succeeded (arm-vmss.md 4).
 */
export function bootGuest(
  world: World,
  set: ScaleSet,
  instance: Instance,
  failure?: ProvisioningFailure,
): void {
  const { timing } = world.profile;
  instance.probedSince = world.now();
  inThisLife(world, instance, secondsOf(world, set, instance, timing.agent), () => {
    if (conditionOf(world, set, instance) === 'agentNotReady') {
      instance.probed = true;
      probe(world, set, instance);
      return;
    }
    const extensions = extensionsOf(modelOf(set, instance));
    changeInstance(world, set, instance, {
      agent: 'ready',
      agentTime: world.now(),
      extensions: extensions.map((extension) => transitioning(extension, world.now())),
    });
    runExtensions(world, set, instance, { left: extensions, failure });
  });
}

interface ExtensionRun {
  readonly left: readonly ModelExtension[];
  readonly failure: ProvisioningFailure | undefined;
}

function runExtensions(world: World, set: ScaleSet, instance: Instance, run: ExtensionRun): void {
  const [extension, ...left] = run.left;
  if (extension === undefined) {
    settleHealth(world, set, instance);
    return;
  }
  inThisLife(world, instance, secondsOf(world, set, instance, world.profile.timing.extension), () => {
    const own = failureOfExtension(world, set, instance, extension);
    const fails = own !== undefined || (run.failure !== undefined && !isHealthExtension(extension));
    const done: ExtensionState = {
      extension,
      status: fails ? 'failed' : 'succeeded',
      time: world.now(),
      ...(fails && run.failure !== undefined ? { failure: run.failure } : {}),
      ...own,
    };
    changeInstance(world, set, instance, {
      extensions: instance.state.extensions.map((state) =>
        state.extension.name === extension.name ? done : state,
      ),
    });
    if (own?.failure !== undefined && !isSuppressed(extension)) {
      const failed = { provisioning: 'Failed', provisioningTime: world.now(), failure: own.failure } as const;
      changeInstance(world, set, instance, failed);
    }
    runExtensions(world, set, instance, { ...run, left });
  });
}

/** The first probes after a boot: `initializing` until they are answered. */
export function settleHealth(world: World, set: ScaleSet, instance: Instance): void {
  const signal = signalOf(set, instance);
  if (signal !== 'none') {
    changeInstance(world, set, instance, healthNow(world, reported(signal, 'initializing')));
  }
  const seconds = signal === 'none' ? 0 : secondsOf(world, set, instance, world.profile.timing.health);
  inThisLife(world, instance, seconds, () => {
    instance.probed = true;
    instance.probedSince = world.now();
    probe(world, set, instance);
    for (const { fault } of world.faults) {
      if (fault.kind === 'badImage' && fault.afterSeconds > 0) {
        inThisLife(world, instance, fault.afterSeconds, () => probe(world, set, instance));
      }
    }
  });
}

export function transitioning(extension: ModelExtension, time: number): ExtensionState {
  return { extension, status: 'transitioning', time };
}
