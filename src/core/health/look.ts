import { isStrangeState } from '../model/provisioning.ts';
import { aboutAction } from '../actions/table.ts';
import type { InstanceAction } from '../actions/table.ts';
import type { DiskWork } from '../instance/disks.ts';
import { isAtRest } from '../instance/instances.ts';
import type { ExtensionSign, Instance } from '../instance/instances.ts';
import { offStateOf } from '../instance/power.ts';
import { isAgentReady } from '../instance/serving.ts';
import { isPassing } from '../instance/passing.ts';
import { isExtensionBusy, isStrangeExtension, isStrangePower } from '../instance/strange-words.ts';
import { looks } from '../messages/instances.ts';

/** What an instance must show after a write to it. */
export interface Expectation {
  readonly action: InstanceAction;
  /** Whether nothing more is done to it after this: only then it must be well. */
  readonly isLast: boolean;
  /** Exact image; absent where the change is none of the image. */
  readonly image?: string | undefined;
  /** Milliseconds since the epoch: signs older than this say nothing about the write. */
  readonly since: number;
  /** Whether the write takes the instance down, so that its signs must be younger. */
  readonly disruptive: boolean;
  /** Whether it is to be off in the end, so that nothing is asked of its guest. */
  readonly isCold?: boolean;
  /** For a write of data disks: what it was to do. */
  readonly disks?: DiskWork | undefined;
}

export type Look =
  | { readonly kind: 'healthy' }
  | { readonly kind: 'unhealthy'; readonly message: string }
  /** `isUnclear`: it runs, but nobody can tell whether it is well. */
  | { readonly kind: 'settling'; readonly message: string; readonly isUnclear?: true }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  /** Nothing of the write shows: not on the target, and as if nobody had touched it. */
  | { readonly kind: 'untouched' };

/** What one look at an instance says about a write to it. Unknown or stale is never healthy. */
export function lookAt(instance: Instance, expected: Expectation): Look {
  const failure = failureSince(instance, expected.since) ?? extensionFailure(instance, expected.since);
  if (failure !== undefined) return failure;
  // fence I13: an operation that says it succeeded is believed only when each instance shows it
  if (!aboutAction(expected.action).shows(instance, expected)) return showsNothing(instance, expected);
  // fence I13: an instance that is being provisioned is not done
  if (instance.provisioningState !== 'Succeeded') {
    const { provisioningState: state } = instance;
    return isStrangeState(state) ? unclear(looks.strange(state)) : { kind: 'settling', message: state };
  }
  if (!expected.isLast) return { kind: 'healthy' };
  if (aboutAction(expected.action).leaves === 'asItWas') return { kind: 'healthy' };
  if (expected.isCold === true) return lookAtPower(instance);
  return lookAtExtensions(instance, expected) ?? lookAtGuest(instance, expected);
}

/** As if nobody had touched it, or at work. */
function showsNothing(instance: Instance, { action, isCold }: Expectation): Look {
  const { provisioningState, power } = instance;
  const settled = isAtRest(instance);
  // A guest is `stopped` on its way through a restart, too, but deallocated by no action that is not for that.
  const staysStopped = isCold === true || aboutAction(action).beginsStopped === true;
  const isPowerAtRest =
    power === 'running' || power === 'deallocated' || (power === 'stopped' && staysStopped);
  if (isStrangeState(provisioningState)) return unclear(looks.strange(provisioningState));
  return settled && isPowerAtRest
    ? { kind: 'untouched' }
    : { kind: 'settling', message: looks.provisioning(provisioningState, power) };
}

/** One that the service has started on the way is at rest, too: it is switched off again after that. */
function lookAtPower(instance: Instance): Look {
  const { power } = instance;
  const isPowerAtRest = power === 'running' || offStateOf(instance) !== undefined;
  return isPowerAtRest ? { kind: 'healthy' } : { kind: 'settling', message: looks.power(power) };
}

function lookAtGuest(instance: Instance, { disruptive, since }: Expectation): Look {
  const { power, health } = instance;
  // fence I13: an instance that does not run is not done
  if (power !== 'running') {
    if (power === undefined) return unclear(looks.power(power));
    return isStrangePower(power)
      ? unclear(looks.strange(power))
      : { kind: 'settling', message: looks.power(power) };
  }
  // fence I16: a guest whose agent is not ready is not healthy
  if (!isAgentReady(instance)) return { kind: 'settling', message: looks.agentNotReady };
  if (health === undefined) return { kind: 'healthy' };
  if (health.state === 'unhealthy') {
    return { kind: 'unhealthy', message: health.message ?? looks.unhealthy };
  }
  if (health.state === 'initializing') return { kind: 'settling', message: looks.initializing };
  // fence I16: unknown health is not healthy
  if (health.state !== 'healthy') return unclear(looks.healthUnknown(health.word));
  // fence I16: a health report from before the write is not healthy
  const isStale = disruptive && health.at !== undefined && health.at < since;
  return isStale ? unclear(looks.healthStale) : { kind: 'healthy' };
}

function unclear(message: string): Look {
  return { kind: 'settling', message, isUnclear: true };
}

/** A failure that came after the write; an older one is no evidence against it (arm-vmss.md 5a, azure-cli#33307). */
function failureSince({ provisioning }: Instance, since: number): Look | undefined {
  if (
    provisioning === undefined ||
    provisioning.at === undefined ||
    // fence I13: a failure older than the write is no evidence
    provisioning.at < since
  )
    return undefined;
  const [state, code] = provisioning.state.split('/');
  // fence I13: a failure by which the service asks for another try is no failure of the change
  if (state !== 'failed' || isPassing(code)) return undefined;
  return {
    kind: 'failed',
    code: code ?? 'ProvisioningFailed',
    message: provisioning.message ?? looks.provisioningFailed,
  };
}

/** An extension that has failed since the write; one that failed before it is no evidence, nor is one without a time. */
function extensionFailure({ extensions = [] }: Instance, since: number): Look | undefined {
  const failed = extensions.find((extension) => isFailed(extension) && (extension.at ?? 0) >= since);
  return failed && { kind: 'failed', code: 'extensionFailed', message: wordsOf(failed) };
}

/**
 * What extensions say of a guest that is up. A status without a time counts only where the disk is a new one: on
 * an old disk it may be as old as the guest.
 */
function lookAtExtensions(
  { extensions = [] }: Instance,
  { action, image, since }: Expectation,
): Look | undefined {
  const { newDisk } = aboutAction(action);
  const isNewDisk = newDisk === 'always' || (newDisk === 'withImage' && image !== undefined);
  const said = extensions.filter(({ at, reportsHealth }) => {
    return reportsHealth !== true && (at === undefined ? isNewDisk : at >= since);
  });
  const failed = said.find((extension) => isFailed(extension));
  if (failed !== undefined) return { kind: 'unhealthy', message: wordsOf(failed) };
  const running = said.find((extension) => isExtensionBusy(extension));
  if (running !== undefined) return { kind: 'settling', message: looks.extensionBusy(running.name) };
  const strange = said.find((extension) => isStrangeExtension(extension));
  return strange && unclear(looks.strange(strange.state));
}

function isFailed({ state, reportsHealth }: ExtensionSign): boolean {
  return reportsHealth !== true && state.split('/')[0] === 'failed';
}

function wordsOf({ name, state, message }: ExtensionSign): string {
  return looks.extensionFailed(name, state.split('/')[1], message);
}
