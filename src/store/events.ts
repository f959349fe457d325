import { canonicalJson } from '../core/model/canonical.ts';
import type { AuditEvent } from '../core/record/events.ts';
import type { Store } from './port.ts';
import { numberRow } from './rows.ts';

/** Oldest first. */
export async function readEvents({ documents }: Store, rollout: string): Promise<readonly AuditEvent[]> {
  const rows = await documents.list('events', rollout);
  return rows.map(({ value }) => value as AuditEvent);
}

/**
 * Appends, and answers with the number of the last one. What a run that died has written under the same number stays:
 * it counts as this event if it tells the same, else the event takes the next number.
 */
export async function appendEvents(
  { documents }: Store,
  rollout: string,
  { events, after }: { readonly events: readonly Omit<AuditEvent, 'sequence'>[]; readonly after: number },
): Promise<number> {
  let sequence = after;
  for (const event of events) {
    for (let isTold = false; !isTold;) {
      sequence += 1;
      const key = { table: 'events', partition: rollout, row: numberRow(sequence) } as const;
      if ((await documents.insert(key, { sequence, ...event })) !== undefined) break;
      // fence I22: an event that a run that died has told is not told twice
      isTold = tellsTheSame((await documents.get(key))?.value as AuditEvent | undefined, event);
    }
  }
  return sequence;
}

function tellsTheSame(there: AuditEvent | undefined, event: Omit<AuditEvent, 'sequence'>): boolean {
  if (there === undefined) return false;
  const told = { ...there, sequence: 0, time: '' };
  return canonicalJson(told) === canonicalJson({ ...event, sequence: 0, time: '' });
}
