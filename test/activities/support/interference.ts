import type { Change } from '../../../src/store/port.ts';
import type { CommandName } from '../../../src/core/record/command.ts';
import type { RolloutRecord } from '../../../src/core/record/rollout.ts';
import { DESK_ROLLOUT } from '../../lab/desk.ts';
import { append, atCommit, isIntent, meddle, recordsOf } from '../../lab/records.ts';
import type { Desk } from '../../lab/desk.ts';

export async function command(desk: Desk, name: CommandName): Promise<void> {
  const { gate } = await recordOf(desk);
  await append(desk.store, DESK_ROLLOUT, {
    command: name,
    by: 'grace',
    at: new Date(desk.ports.clock.now()).toISOString(),
    ...(gate && { batch: gate.batch, gateSince: gate.since }),
  });
}

export async function recordOf({ store }: Desk): Promise<RolloutRecord> {
  return (await recordsOf(store, DESK_ROLLOUT)).record;
}

export async function changeRecord(
  { store }: Desk,
  record: { readonly [K in keyof RolloutRecord]?: RolloutRecord[K] | undefined },
): Promise<void> {
  await meddle(store, DESK_ROLLOUT, { record });
}

export async function loseLease(desk: Desk): Promise<void> {
  await changeLease(desk, { rolloutId: 'other', token: 9 });
}

/** As after a take-over: the rollout holds the lease, but whoever has the old token no longer does. */
export async function renewLease(desk: Desk): Promise<void> {
  await changeLease(desk, { token: 9 });
}

async function changeLease({ store }: Desk, changes: object): Promise<void> {
  const [lease] = await store.documents.list('leases', 'leases');
  const value = { ...(lease?.value as object), ...changes };
  await store.documents.putAll('leases', 'leases', [{ row: lease?.row ?? '', value }]);
}

/** Does something between an intent that was written down and the last look before the write; answers whether it came to that. */
export function onceIntended(desk: Desk, act: () => Promise<unknown>): () => boolean {
  let isDone = false;
  atCommit(desk.store, async (change, commit) => {
    const stored = await commit(change);
    if (isIntent(change) && !isDone) {
      isDone = true;
      await act();
    }
    return stored;
  });
  return () => isDone;
}

/** The last look comes after the intent was written down, so what happens until then still counts. */
export const LATE: Readonly<Record<string, (desk: Desk) => Promise<void>>> = {
  'a pause': (desk) => command(desk, 'pause'),
  'an abort': (desk) => command(desk, 'abort'),
  'a lost lease': loseLease,
  'another worker on the record': (desk) => changeRecord(desk, { lastEvent: 999 }),
};

/** The process dies once, as soon as it is to commit what looks so. */
export function dieAtCommit({ store }: Desk, when: (change: Change) => boolean): void {
  let isDue = true;
  atCommit(store, async (change, commit) => {
    if (!isDue || !when(change)) return commit(change);
    isDue = false;
    throw new Error('the process died');
  });
}
