import type { AuditEvent } from '../core/events.ts';
import type { Store } from './port.ts';
import { numberRow } from './rows.ts';

/** Oldest first. */
export async function readEvents({ documents }: Store, rollout: string): Promise<readonly AuditEvent[]> {
  const rows = await documents.list('events', rollout);
  return rows.map(({ value }) => value as AuditEvent);
}

/** Appends; what stands under the same number already was written by a run that died, and stays. */
export async function appendEvents(
  { documents }: Store,
  rollout: string,
  events: readonly AuditEvent[],
): Promise<void> {
  for (const event of events) {
    await documents.insert({ table: 'events', partition: rollout, row: numberRow(event.sequence) }, event);
  }
}
