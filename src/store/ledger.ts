import { byInstanceId } from '../core/instance/instances.ts';
import type { LedgerRow } from '../core/record/ledger.ts';
import type { Operation } from '../core/record/operation.ts';
import type { Store } from './port.ts';

/** All rows, in the order of their instance ids. */
export async function readLedger({ documents }: Store, rollout: string): Promise<readonly LedgerRow[]> {
  const rows = await documents.list('instances', rollout);
  return rows.map(({ value }) => value as LedgerRow).sort((a, b) => byInstanceId(a.instanceId, b.instanceId));
}

export async function writeLedger(
  { documents }: Store,
  rollout: string,
  rows: readonly LedgerRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await documents.putAll(
    'instances',
    rollout,
    rows.map((row) => ({ row: row.instanceId, value: row })),
  );
}

export async function readOperations({ documents }: Store, rollout: string): Promise<readonly Operation[]> {
  const rows = await documents.list('operations', rollout);
  return rows.map(({ value }) => value as Operation);
}

/** Writes an intent down; false when this very write was intended before, perhaps by a run that died. */
export async function insertOperation(
  { documents }: Store,
  rollout: string,
  operation: Operation,
): Promise<boolean> {
  const key = { table: 'operations', partition: rollout, row: operation.key } as const;
  return (await documents.insert(key, operation)) !== undefined;
}

export async function writeOperation(
  { documents }: Store,
  rollout: string,
  operation: Operation,
): Promise<void> {
  await documents.putAll('operations', rollout, [{ row: operation.key, value: operation }]);
}
