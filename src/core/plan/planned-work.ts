import { DISK_ACTIONS } from '../actions/sequence.ts';
import type { InstanceAction } from '../actions/table.ts';
import type { DiskWork, InstanceDisks } from '../instance/disks.ts';
import type { RolloutSpec } from '../spec/spec.ts';
import type { Plan } from './plan.ts';

/** What is done to a targeted instance that runs. */
export function plannedActions(
  plan: Pick<Plan, 'forced' | 'force' | 'actions' | 'dataDisks' | 'onlyDisks' | 'disksFirst'>,
  instanceId: string,
): readonly InstanceAction[] {
  const { forced, force = 'upgrade', actions, onlyDisks = [], disksFirst } = plan;
  if (forced.includes(instanceId)) return [force];
  if (plannedDisks(plan, instanceId) === undefined) return actions;
  if (onlyDisks.includes(instanceId)) return DISK_ACTIONS;
  // Disks come to an instance that is on the model, and leave it before that is taken away again.
  return disksFirst === true ? [...DISK_ACTIONS, ...actions] : [...actions, ...DISK_ACTIONS];
}

/** What a plan attaches to an instance and detaches from it. */
export function plannedDisks(
  { dataDisks = [] }: Pick<Plan, 'dataDisks'>,
  instanceId: string,
): { readonly disks: DiskWork } | undefined {
  const found = dataDisks.find(({ instance }) => instance === instanceId);
  return found && { disks: { attach: found.attach, detach: found.detach } };
}

/** What is done to the instances to which most is done, for a guess at how long it takes. */
export function mostActions({
  spec,
  actions,
  dataDisks,
  isAlone,
  there,
}: {
  readonly spec: RolloutSpec;
  readonly actions: readonly InstanceAction[];
  readonly dataDisks: readonly InstanceDisks[];
  readonly isAlone: boolean;
  readonly there: readonly string[];
}): readonly InstanceAction[] {
  if (dataDisks.length > 0) return isAlone ? DISK_ACTIONS : [...actions, ...DISK_ACTIONS];
  return there.length > 0 && spec.change.force !== undefined ? [spec.change.force] : actions;
}
