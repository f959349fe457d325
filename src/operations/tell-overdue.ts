import type { Ports } from '../activities/frame/ports.ts';
import { overdueOf } from '../core/notices/overdue.ts';
import { readNoticeSettings } from '../store/notice-settings.ts';
import { noteTold, readTold } from '../store/notices.ts';
import { putIntoOutbox } from '../store/outbox.ts';
import type { StoredRollout } from '../store/rollouts.ts';

/**
 * Puts into the outbox what the passing of time has to tell of these rollouts. What was put there is noted after that:
 * whoever dies in between tells it once more, under the same id.
 */
export async function tellOverdue(
  rollouts: readonly StoredRollout[],
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
): Promise<void> {
  const { settings } = await readNoticeSettings(store);
  if (settings.routes.length === 0) return;
  const now = clock.now();
  for (const { record, commands } of rollouts) {
    const due = overdueOf(record, commands, { settings, now });
    if (due.length === 0) continue;
    const told = await readTold(store, record.id);
    const fresh = due.filter(({ name }) => !told.includes(name));
    if (fresh.length === 0) continue;
    const at = new Date(now).toISOString();
    for (const one of fresh) await putIntoOutbox(store, record.id, { ...one, at });
    await noteTold(store, record.id, [...told, ...fresh.map(({ name }) => name)].slice(-MOST_NOTED));
  }
}

/** More than can be due at any one time. */
const MOST_NOTED = 50;
