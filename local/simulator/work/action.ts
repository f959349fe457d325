import type { Mishaps } from '../faults/mishaps.ts';
import type { OperationKind } from '../operations/table.ts';
import type { ActionClass } from '../operations/row.ts';
import type { Instance, WorkOptions } from '../store/instance.ts';
import type { Operation } from '../store/operations.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';
import { startInstanceOperation } from './instance-operation.ts';
import { actOnInstance } from './upgrade.ts';

export interface Action {
  readonly kind: OperationKind;
  readonly class: ActionClass;
  readonly instances: readonly Instance[];
  readonly mishaps: Mishaps;
  readonly options: WorkOptions;
}

/** Does the same thing to several instances, each of which stays on its model. */
export function startAction(world: World, set: ScaleSet, action: Action): Operation {
  const { kind, instances, mishaps, options } = action;
  return startInstanceOperation(world, set, {
    kind,
    instances,
    mishaps,
    act: (instance, order) => actOnInstance(world, set, instance, { ...order, class: action.class, options }),
  });
}
