import type { Command } from '../../src/core/record/command.ts';
import type { LedgerRow } from '../../src/core/record/ledger.ts';
import type { Operation } from '../../src/core/record/operation.ts';
import type { RolloutRecord } from '../../src/core/record/rollout.ts';
import { appendCommand } from '../../src/store/commands.ts';
import type { Change, Documents, Store } from '../../src/store/port.ts';
import { readRecords } from '../../src/store/records.ts';
import type { Records } from '../../src/store/records.ts';

export async function recordsOf(store: Store, rollout: string): Promise<Records> {
  const records = await readRecords(store, rollout);
  if (records === undefined) throw new Error(`there is no rollout ${rollout}`);
  return records;
}

interface Meddling {
  /** Fields of the record; `undefined` takes one away. */
  readonly record?: { readonly [K in keyof RolloutRecord]?: RolloutRecord[K] | undefined };
  readonly rows?: readonly LedgerRow[];
  readonly operations?: readonly Operation[];
}

/** Changes what is kept of a rollout behind its back, as another run of it does. */
export async function meddle(store: Store, rollout: string, changes: Meddling): Promise<void> {
  const records = await recordsOf(store, rollout);
  records.putRows(changes.rows ?? []);
  for (const operation of changes.operations ?? []) records.putOperation(operation);
  const fields = Object.entries({ ...records.record, ...changes.record });
  const record = Object.fromEntries(fields.filter(([, value]) => value !== undefined));
  const time = records.record.createdAt;
  await records.commit({
    record: record as unknown as RolloutRecord,
    events: [],
    time,
    etag: records.etag,
  });
}

/** As the API appends it. */
export async function append(
  store: Store,
  rollout: string,
  command: Omit<Command, 'sequence'>,
): Promise<void> {
  const { commands } = await recordsOf(store, rollout);
  await appendCommand(store, rollout, { sequence: commands.length + 1, ...command });
}

type CommitHook = (change: Change, commit: Documents['commit']) => ReturnType<Documents['commit']>;

/** Stands before every commit from now on; answers with how to take it away again. */
export function atCommit({ documents }: Store, hook: CommitHook): () => void {
  const commit: Documents['commit'] = documents.commit.bind(documents);
  Object.assign(documents, { commit: (change: Change) => hook(change, commit) });
  return () => {
    Object.assign(documents, { commit });
  };
}

/** Whether it writes an intent down: a request goes out after that. */
export function isIntent(change: Change): boolean {
  return itemsIn(change, 'operations').some(({ status }) => status === 'intended');
}

/** Rows or operations that a change carries. */
export function itemsIn({ puts }: Change, kind: 'rows' | 'operations'): readonly Record<string, unknown>[] {
  return puts
    .filter(({ row }) => row.startsWith(`${kind}-`))
    .flatMap(({ value }) => (value as { items: readonly Record<string, unknown>[] }).items);
}
