import type { Mishaps } from '../faults/mishaps.ts';
import type { OperationKind } from '../operations/table.ts';
import { changeInstance } from '../views/change.ts';
import type { DataDisk, Instance, Protection } from '../store/instance.ts';
import type { Operation } from '../store/operations.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import type { World } from '../world.ts';
import { startInstanceOperation } from './instance-operation.ts';
import { actOnInstance } from './upgrade.ts';

export interface InstanceWrite {
  readonly kind: OperationKind;
  readonly mishaps: Mishaps;
  readonly protection: Protection | undefined;
  /** All that the instance is to have. */
  readonly dataDisks: readonly DataDisk[] | undefined;
}

/** Writes one instance; disks show at once, those that leave as `toBeDetached` (recorded: update_instance_disks). */
export function startInstanceWrite(
  world: World,
  set: ScaleSet,
  instance: Instance,
  write: InstanceWrite,
): Operation {
  const { kind, mishaps, protection, dataDisks } = write;
  const operation = startInstanceOperation(world, set, {
    kind,
    mishaps,
    instances: [instance],
    act: (acted, order) =>
      actOnInstance(world, set, acted, {
        ...order,
        class: 'disks',
        options:
          dataDisks === undefined
            ? {}
            : { atEnd: { dataDisks }, atFailure: { dataDisks: instance.state.dataDisks } },
      }),
  });
  // One that the operation leaves out shows nothing of it.
  if (instance.work?.operation !== operation) return operation;
  const { state } = instance;
  const leaving = state.dataDisks.filter((disk) => dataDisks?.every(({ id }) => id !== disk.id) === true);
  changeInstance(world, set, instance, {
    provisioning: 'Updating',
    provisioningTime: world.now(),
    etag: state.etag + 1,
    ...(protection === undefined ? {} : { protection }),
    ...(dataDisks === undefined
      ? {}
      : { dataDisks: [...dataDisks, ...leaving.map((disk) => ({ ...disk, toBeDetached: true }))] }),
  });
  return operation;
}
