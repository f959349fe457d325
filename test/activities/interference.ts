import type { CommandName } from '../../src/core/record/command.ts';
import type { RolloutRecord } from '../../src/core/record/rollout.ts';
import { DESK_ROLLOUT } from '../lab/desk.ts';
import type { Desk } from '../lab/desk.ts';

export async function command(desk: Desk, name: CommandName): Promise<void> {
  const commands = await desk.store.documents.list('commands', DESK_ROLLOUT);
  const sequence = commands.length + 1;
  const { gate } = await recordOf(desk);
  await desk.store.documents.insert(
    { table: 'commands', partition: DESK_ROLLOUT, row: String(sequence).padStart(8, '0') },
    {
      sequence,
      command: name,
      by: 'grace',
      at: new Date(desk.ports.clock.now()).toISOString(),
      ...(gate && { batch: gate.batch, gateSince: gate.since }),
    },
  );
}

export async function recordOf({ store }: Desk): Promise<RolloutRecord> {
  return (await store.documents.get({ table: 'rollouts', partition: DESK_ROLLOUT, row: 'record' }))
    ?.value as RolloutRecord;
}

export async function changeRecord(desk: Desk, changes: Partial<RolloutRecord>): Promise<void> {
  const row = { row: 'record', value: { ...(await recordOf(desk)), ...changes } };
  await desk.store.documents.putAll('rollouts', DESK_ROLLOUT, [row]);
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
  const { documents } = desk.store;
  const insert: typeof documents.insert = documents.insert.bind(documents);
  let isDone = false;
  Object.assign(documents, {
    insert: async (...[key, value]: Parameters<typeof documents.insert>) => {
      const stored = await insert(key, value);
      if (key.table === 'operations' && !isDone) {
        isDone = true;
        await act();
      }
      return stored;
    },
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
