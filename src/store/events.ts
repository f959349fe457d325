import { z } from 'zod';
import { auditEvent } from '../core/record/schemas.ts';
import type { AuditEvent, RolloutEvent } from '../core/record/events.ts';
import { seal, unseal } from './formats/format.ts';
import { AFTER_CHUNKS, AUDIT, TABLE, trailRow } from './partition.ts';
import type { DocumentRow, Store } from './port.ts';

const format = z.strictObject({ events: z.array(auditEvent) });

/** Oldest first. */
export async function readEvents({ documents }: Store, rollout: string): Promise<readonly AuditEvent[]> {
  const trail = await documents.list(TABLE, rollout, { after: AFTER_CHUNKS, before: AUDIT });
  return trail.flatMap(({ row, value }) => unseal(value, format, `${row} of rollout ${rollout}`).events);
}

/** What has happened as the next events after a number. */
export function numbered(
  events: readonly RolloutEvent[],
  { after, time }: { readonly after: number; readonly time: string },
): readonly AuditEvent[] {
  return events.map((event, index) => ({ sequence: after + index + 1, time, ...event }));
}

/** The events of one commit as one document. */
export function trailOf(events: readonly AuditEvent[]): readonly DocumentRow[] {
  const [first] = events;
  return first === undefined ? [] : [{ row: trailRow(first.sequence), value: seal({ events }) }];
}
