import { operationNotAllowed } from '../errors/catalogue.ts';
import { quotaShortageOf } from '../faults/quota.ts';
import type { World } from '../world.ts';

/** Refuses what would need more cores than the subscription may use (arm-vmss.md 3.4). */
export function checkQuota(
  world: World,
  scaleSet: string,
  asked: { readonly size: string; readonly added: number },
): void {
  if (asked.added <= 0 || quotaShortageOf(world, scaleSet) !== 'refused') return;
  const cores = Number(/\d+/.exec(asked.size)?.[0] ?? 1) * asked.added;
  throw operationNotAllowed(
    'Operation could not be completed as it results in exceeding approved Total Regional Cores quota. Additional ' +
      `details - Deployment Model: Resource Manager, Location: ${world.location}, Current Limit: 100, ` +
      `Current Usage: 100, Additional Required: ${cores}, (Minimum) New Limit Required: ${100 + cores}.`,
  );
}
