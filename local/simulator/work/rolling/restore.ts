import type { RollingUpgrade } from '../../store/rolling-upgrade.ts';
import type { ScaleSet } from '../../store/scale-set.ts';
import { scheduleIn, type World } from '../../world.ts';
import { overtake } from '../preempt.ts';
import { restoreTo } from '../upgrade.ts';

const LOOK_SECONDS = 5;

/** Brings an instance back to the model and the OS disk that it had before (arm-vmss.md 3.3). */
export function restoreInstance(
  world: World,
  set: ScaleSet,
  upgrade: RollingUpgrade,
  { id, onEnd }: { readonly id: string; readonly onEnd: () => void },
): void {
  const instance = set.instances.get(id);
  const before = upgrade.previous.get(id);
  const isGone = instance?.state.exists !== true || instance.state.provisioning === 'Deleting';
  if (instance === undefined || before === undefined || isGone) {
    onEnd();
    return;
  }
  restoreTo(world, set, instance, { operation: upgrade.operation, before });
  overtake(world, set, [id], upgrade.operation);
  const look = (): void => {
    scheduleIn(world, LOOK_SECONDS, () => {
      if (instance.work !== undefined) {
        look();
        return;
      }
      upgrade.rolledBack += 1;
      onEnd();
    });
  };
  look();
}
