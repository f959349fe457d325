import { parseScaleSetId } from '../../azure/address.ts';
import type { Compute, Read, ScaleSetAddress } from '../../azure/port.ts';
import type { Instance } from '../../core/instance/instances.ts';
import { isVague } from '../../core/instance/serving.ts';
import { azure } from '../../core/messages/azure.ts';
import { membership } from '../../core/messages/membership.ts';
import { refuse } from '../../core/messages/refusals.ts';
import type { Refusal } from '../../core/messages/refusals.ts';
import { refused } from '../../core/messages/refused.ts';
import type { Model } from '../../core/model/model.ts';
import { capacityOf, provisioningStateOf } from '../../core/model/scale-set.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Answer } from '../../core/run/answer.ts';
import { keepPlan } from '../../store/plans.ts';
import { waitForAccess } from '../frame/access.ts';
import { holdFor, waitOutHold } from '../frame/holds.ts';
import { leave } from '../frame/leave.ts';
import type { Leave } from '../frame/leave.ts';
import type { Step } from '../frame/step.ts';
import { wait } from '../frame/wait.ts';
import { secondsUntilNextTry } from './reads.ts';

/** What was read for a plan and came of it. */
export type Survey =
  | {
      readonly kind: 'planned';
      readonly plan: Plan;
      readonly snapshot: Model;
      readonly instances: readonly Instance[];
    }
  | Refusal
  | NoAnswer
  /** Azure lists fewer instances than the capacity; it is not yet known whether that is true. */
  | { readonly kind: 'short'; readonly listed: number; readonly capacity: number }
  /** Azure lists these instances without their states; it is not yet known whether that is true. */
  | { readonly kind: 'vague'; readonly instances: readonly string[] };

interface Kept {
  readonly kind: 'planned';
  readonly plan: Plan;
  readonly snapshot: Model;
  readonly instances: readonly Instance[];
}

type NoAnswer =
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly kind: 'denied'; readonly code: string; readonly message: string }
  | { readonly kind: 'unreachable'; readonly message: string };

export function surveyed(plan: Plan | Refusal, snapshot: Model, instances: readonly Instance[]): Survey {
  return plan.kind === 'refused' ? plan : { kind: 'planned', plan, snapshot, instances };
}

/** A scale set and the list of its instances, from which a plan starts. */
interface Listed {
  readonly kind: 'listed';
  readonly address: ScaleSetAddress;
  readonly model: Model;
  readonly instances: readonly Instance[];
}

/** How much a plan asks of the list: `takesShort` takes one with fewer instances than the set's capacity, if not empty, or without their states. */
export interface SurveyOptions {
  readonly takesShort: boolean;
}

/** Reads what every plan starts from, or says why there will be no plan. */
export async function readListed(
  scaleSet: string,
  compute: Compute,
  { takesShort }: SurveyOptions,
): Promise<Listed | Exclude<Survey, { kind: 'planned' }>> {
  const address = parseScaleSetId(scaleSet);
  if (address === undefined) return noSuchSet(scaleSet);
  // The set says how many pages its list should have: none of them is asked for before all are granted.
  const set = await compute.scaleSet(address);
  if (set.kind === 'missing') return noSuchSet(scaleSet);
  if (set.kind !== 'ok') return unread(set);
  const instances = await compute.instances(address);
  if (instances.kind === 'missing') return noSuchSet(scaleSet);
  if (instances.kind !== 'ok') return unread(instances);
  const { model } = set.value;
  return (
    shortOf(model, instances.value, takesShort) ??
    vagueOf(instances.value, takesShort || provisioningStateOf(model) === 'Deleting') ?? {
      kind: 'listed',
      address,
      model,
      instances: instances.value,
    }
  );
}

function noSuchSet(scaleSet: string): Refusal {
  return refuse('scaleSetNotFound', refused.noScaleSet(scaleSet));
}

export function unread(read: Exclude<Read<unknown>, { kind: 'ok' }>): Refusal | NoAnswer {
  if (read.kind === 'throttled' || read.kind === 'unreachable' || read.kind === 'denied') return read;
  const message = azure.readDenied(read.code, read.message);
  // Something else is being done to the scale set.
  if (read.kind === 'refused' && read.status === 409) return { kind: 'unreachable', message };
  return refuse('readRefused', message);
}

/** An empty list is never true while the scale set should have instances (cloud-provider-azure#2156). */
function shortOf(
  model: Model,
  { length: listed }: readonly Instance[],
  takesShort: boolean,
): Extract<Survey, { kind: 'short' }> | undefined {
  const capacity = capacityOf(model) ?? 0;
  // fence I15: no plan is made from an empty list
  const isShort = listed === 0 ? capacity > 0 : listed < capacity && !takesShort;
  return isShort ? { kind: 'short', listed, capacity } : undefined;
}

/** A missing state proves nothing: serving instances must not be planned for as if they were down. */
function vagueOf(
  instances: readonly Instance[],
  takesVague: boolean,
): Extract<Survey, { kind: 'vague' }> | undefined {
  if (takesVague) return undefined;
  const vague = instances.filter((instance) => isVague(instance)).map(({ instanceId }) => instanceId);
  // fence I15: no plan is made from views that lack the states of instances
  return vague.length > 0 ? { kind: 'vague', instances: vague } : undefined;
}

/** Makes and stores the plan of a rollout; waits in planning while Azure does not answer, or not completely. */
export async function planOrWait(
  step: Step,
  look: (options: SurveyOptions) => Promise<Survey>,
): Promise<Kept | Refusal | Leave> {
  // Something may have woken it before the time that Azure asked to wait for.
  const held = await waitOutHold(step, { name: 'scaleSet', phase: 'planning' });
  if (held !== undefined) return leave(held);
  const { shortSince } = step.record;
  const since = shortSince === undefined ? step.now : Date.parse(shortSince);
  const left = step.pace.viewLagSeconds - (step.now - since) / 1000;
  const found = await look({ takesShort: left <= 0 });
  switch (found.kind) {
    case 'planned': {
      const { plan, snapshot, instances } = found;
      // A second run continues with the plan of the first.
      const kept = await keepPlan(step.store, step.record.id, { plan, snapshot });
      return { kind: 'planned', ...kept, instances };
    }
    case 'refused':
      return found;
    case 'denied':
      return leave(await waitForAccess(step, found, { phase: 'planning' }));
    case 'throttled':
    case 'unreachable':
      return leave(await waitForAnswer(step, found));
    case 'short':
      return leave(
        await waitForRest(step, membership.fewerThanCapacity(found.listed, found.capacity), { since, left }),
      );
    case 'vague':
      return leave(await waitForRest(step, membership.withoutStates(found.instances), { since, left }));
  }
}

async function waitForAnswer(step: Step, found: Exclude<NoAnswer, { kind: 'denied' }>): Promise<Answer> {
  const isThrottled = found.kind === 'throttled';
  const message = isThrottled ? azure.readsThrottled : azure.unreachable(found.message);
  return wait(step, {
    seconds: isThrottled ? found.retryAfterSeconds : secondsUntilNextTry(step),
    phase: 'planning',
    waitingFor: { kind: isThrottled ? 'throttling' : 'unreachable', message },
    ...(isThrottled && { changes: { holds: holdFor(step, 'scaleSet', found.retryAfterSeconds) } }),
  });
}

async function waitForRest(
  step: Step,
  message: string,
  { since, left }: { readonly since: number; readonly left: number },
): Promise<Answer> {
  return wait(step, {
    seconds: left > 0 ? Math.min(left, step.pace.pollSeconds) : step.pace.pollSeconds,
    phase: 'planning',
    waitingFor: { kind: 'health', message },
    changes: { shortSince: new Date(since).toISOString() },
  });
}
