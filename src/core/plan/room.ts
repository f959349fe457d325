import { askedOf, leavesNone, leavesOff } from '../actions/asked.ts';
import { aboutAction } from '../actions/table.ts';
import type { AskedAction } from '../actions/table.ts';
import { largestDomain } from '../instance/domains.ts';
import { isServing } from '../instance/serving.ts';
import type { Refusal } from '../messages/refusals.ts';
import { isDisruptive } from '../model/delta.ts';
import { floorOf, maxUnavailableOf } from './floor.ts';
import { checkParked, checkState } from './plan-checks.ts';
import type { Scope } from './plan-scope.ts';
import type { PlanInput } from './plan.ts';
import { checkAfterwards, scaledTo, without } from './scale.ts';
import type { Afterwards } from './scale.ts';

/** How many instances must serve, and how many may be down. */
export interface Room {
  readonly kind: 'room';
  readonly floor: number;
  readonly largestDomain: number;
  readonly most: number;
}

/** The room that a plan has, judged by what there will be where instances come or go. */
export function roomFor(input: PlanInput, scope: Scope): Room | Refusal {
  const { spec, instances } = input;
  const { maxUnavailable: share } = spec.strategy;
  const domain = largestDomain(instances);
  const after = afterwards(input, scope);
  const crossed = after && checkAfterwards(after, { share, largestDomain: domain });
  if (crossed !== undefined) return crossed;
  const capacity = after?.capacity ?? instances.length;
  const goesDown = isDisruptive(scope.class) && scope.targets.length > 0;
  const floor = floorOf(share, capacity, domain, { goesDown });
  if (typeof floor !== 'number') return floor;
  const most = Math.max(1, maxUnavailableOf(share, capacity, domain));
  return checkNow(input, scope, floor) ?? { kind: 'room', floor, largestDomain: domain, most };
}

/** What will be there, where that is not what is there now. */
function afterwards({ spec, instances }: PlanInput, { targets }: Scope): Afterwards | undefined {
  const { capacity } = spec.change;
  if (capacity !== undefined) {
    return capacity < instances.length ? scaledTo(instances, capacity) : undefined;
  }
  const action = askedOf(spec);
  if (action === undefined || !(leavesNone([action]) || leavesOff([action]))) return undefined;
  // What does not serve costs nobody anything.
  if (!targets.some((instance) => isServing(instance)) && !leavesNone([action])) return undefined;
  const leaving = new Set(targets.map(({ instanceId }) => instanceId));
  return without(instances, leaving, { areGone: leavesNone([action]) });
}

/** Whether the set is well enough to begin; an action that takes nobody from it who serves may always begin. */
function checkNow(input: PlanInput, scope: Scope, floor: number): Refusal | undefined {
  const { targets, switchedOff } = scope;
  const action = askedOf(input.spec);
  if (action !== undefined && !costs(action, scope)) return undefined;
  const need = { floor, targets: targets.length, switchedOff };
  return checkState(input, need) ?? checkParked(input.instances, need);
}

function costs(action: AskedAction, { targets }: Scope): boolean {
  const { takesDown, leaves } = aboutAction(action);
  // Whom it takes for good was judged by what stays.
  return takesDown === 'always' && leaves === undefined && targets.some((instance) => isServing(instance));
}
