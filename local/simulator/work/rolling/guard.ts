import { operationNotAllowed } from '../../errors/catalogue.ts';
import { isRolling } from '../../store/rolling-upgrade.ts';
import type { ScaleSet } from '../../store/scale-set.ts';
import type { World } from '../../world.ts';
import { endUpgrade } from './end.ts';

/** What a write meets while a rolling upgrade runs; the service's own words are not known (arm-vmss.md 3.4, 6). */
export function passRollingUpgrade(world: World, set: ScaleSet): void {
  const { rolling } = set;
  if (!isRolling(rolling)) return;
  if (world.profile.duringRollingUpgrade === 'refuse') {
    throw operationNotAllowed(
      `The operation is not allowed on Virtual Machine Scale Set '${set.name}' while a Rolling Upgrade is in ` +
        'progress. Wait for it or cancel it.',
    );
  }
  endUpgrade(world, set, rolling, 'Cancelled');
}
