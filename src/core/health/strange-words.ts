import { isUnderWay } from '../record/ledger.ts';
import type { LedgerRow } from '../record/ledger.ts';

const PROVISIONING = new Set([
  '',
  'creating',
  'updating',
  'succeeded',
  'failed',
  'deleting',
  'migrating',
  'canceled',
  'cancelled',
]);
const POWER = new Set([
  'starting',
  'running',
  'stopping',
  'stopped',
  'deallocating',
  'deallocated',
  'hibernated',
  'unknown',
]);

/** Words of the service that nobody here knows, each once: they are waited for, and said. */
export function strangeWords(rows: readonly LedgerRow[]): readonly string[] {
  const words = rows
    .filter((row) => isUnderWay(row))
    .flatMap(({ provisioningState = '', power }) => [
      ...(PROVISIONING.has(provisioningState.toLowerCase()) ? [] : [provisioningState]),
      ...(power === undefined || POWER.has(power.toLowerCase()) ? [] : [power]),
    ]);
  return [...new Set(words)].slice(0, MOST);
}

/** The status stays one sentence. */
const MOST = 3;
