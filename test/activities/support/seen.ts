import { recordsOf } from '../../lab/records.ts';
import { DESK_ROLLOUT } from '../../lab/desk.ts';
import type { Desk } from '../../lab/desk.ts';
import type { LedgerRow } from '../../../src/core/record/ledger.ts';

/** Reads of one kind that have reached the service so far. */
export function reads({ sim }: Desk, operation: string): number {
  return sim.log.filter((entry) => entry.kind === 'request' && entry.operation === operation).length;
}

/** The image version of the model, as the service has it. */
export function imageOf({ sim }: Desk): unknown {
  return JSON.stringify(sim.scaleSet('web')?.model).match(/"version":"([^"]+)"/)?.[1];
}

export async function rowsOf({ store }: Desk): Promise<readonly LedgerRow[]> {
  return (await recordsOf(store, DESK_ROLLOUT)).rows;
}
