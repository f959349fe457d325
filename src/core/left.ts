import { byInstanceId } from './batches.ts';
import type { LedgerRow } from './ledger.ts';
import type { Left, RolloutRecord } from './rollout.ts';

/** What an ended rollout leaves other than its goal; `undefined` when it has reached it. */
export function leftBy(record: RolloutRecord, rows: readonly LedgerRow[]): Left | undefined {
  if (record.phase === 'rolledBack') return undefined;
  if (record.phase === 'succeeded' && rows.every(({ state }) => state === 'done' || state === 'gone'))
    return undefined;
  const named = Map.groupBy(
    rows.filter(({ state }) => state !== 'gone'),
    stateOf,
  );
  const ids = (name: 'before' | 'after' | 'unknown'): Partial<Left['instances']> => {
    const found = named.get(name) ?? [];
    return found.length === 0 ? {} : { [name]: found.map(({ instanceId }) => instanceId).sort(byInstanceId) };
  };
  return { model: modelOf(record), instances: { ...ids('before'), ...ids('after'), ...ids('unknown') } };
}

function stateOf({ way, state, touched }: LedgerRow): 'before' | 'after' | 'unknown' {
  if (!touched) return 'before';
  if (state !== 'done') return 'unknown';
  return way === 'forward' ? 'after' : 'before';
}

function modelOf({ modelState, failure }: RolloutRecord): Left['model'] {
  if (failure?.code === 'conflict') return 'foreign';
  return modelState === 'after' ? 'after' : 'before';
}
