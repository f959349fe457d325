import type { Instance } from '../instance/instances.ts';
import type { LedgerRow } from '../record/ledger.ts';

/**
 * What a rollout has seen of its instances since then: its own looks are newer than the list, which may lag as well, so
 * Azure need not be asked again. Instances that the rollout found gone are no longer shown.
 */
export function asLedgerHas<T extends { readonly instance: Instance }>(
  listed: readonly T[],
  rows: readonly LedgerRow[],
  since: number,
): readonly T[] {
  const known = new Map(
    rows.filter(({ updatedAt }) => Date.parse(updatedAt) > since).map((row) => [row.instanceId, row]),
  );
  return listed.flatMap((one) => {
    const row = known.get(one.instance.instanceId);
    if (row === undefined) return [one];
    return row.state === 'gone' ? [] : [{ ...one, instance: asRow(one.instance, row) }];
  });
}

function asRow(instance: Instance, row: LedgerRow): Instance {
  const { power = instance.power, health, latestModelApplied = instance.latestModelApplied } = row;
  return {
    ...instance,
    image: row.imageNow,
    latestModelApplied,
    provisioningState: row.provisioningState ?? instance.provisioningState,
    ...(power !== undefined && { power }),
    ...(health !== undefined && { health: { ...instance.health, state: health } }),
  };
}
