import type { Instance } from '../instance/instances.ts';
import type { LedgerRow } from './ledger.ts';

/** A row as a batch begins with it: nothing is done to its instance yet. */
export function newRow(
  instance: Instance,
  own: Pick<LedgerRow, 'batch' | 'direction' | 'actions' | 'updatedAt'>,
): LedgerRow {
  const { instanceId, name, image, updateDomain, faultDomain, zone, vmId } = instance;
  return {
    instanceId,
    name,
    state: 'pending',
    actionsDone: 0,
    touched: false,
    imageBefore: image,
    attempts: 0,
    ...own,
    ...(updateDomain !== undefined && { updateDomain }),
    ...(faultDomain !== undefined && { faultDomain }),
    ...(zone !== undefined && { zone }),
    ...(vmId !== undefined && { vmId }),
    ...viewOf(instance),
  };
}

/** What the instance's own views show, for whoever asks. */
export function viewOf(
  instance: Instance,
): Pick<LedgerRow, 'imageNow' | 'latestModelApplied' | 'provisioningState' | 'power' | 'health'> {
  return {
    imageNow: instance.image,
    latestModelApplied: instance.latestModelApplied,
    provisioningState: instance.provisioningState,
    ...(instance.power !== undefined && { power: instance.power }),
    ...(instance.health !== undefined && { health: instance.health.state }),
  };
}
