import { keyOf } from '../access/caller.ts';
import { audit } from '../messages/audit.ts';
import type { AuditEvent } from '../record/events.ts';
import type { RolloutRecord } from '../record/rollout.ts';
import type { AuditEntry } from './chain.ts';

/** What the first record of a rollout's chain says. */
export function requested({ createdAt, requestedBy, scaleSet }: RolloutRecord): AuditEntry {
  return { at: createdAt, kind: 'requested', by: keyOf(requestedBy), message: audit.requested(scaleSet) };
}

/** Events of a rollout as records of its audit: people only by their object ids, `people` being the names that may occur. */
export function toldOf(
  events: readonly AuditEvent[],
  { planHash }: Pick<RolloutRecord, 'planHash'>,
  people: readonly string[],
): readonly AuditEntry[] {
  const names = [...people, ...events.flatMap(({ by }) => by ?? [])];
  return events.map(({ sequence, time, by, message, etag, ...event }) => ({
    at: time,
    event: sequence,
    ...event,
    message: byReference(message, names),
    ...(by !== undefined && { by: keyOf(by) }),
    ...(planHash !== undefined && { planHash }),
    // A write's intent tells of the version that it goes out to.
    ...(etag !== undefined && (event.kind.endsWith('Intended') ? { etagBefore: etag } : { etagAfter: etag })),
  }));
}

/** Names are personal data, and the audit is kept for ever: whom an object id is of, only the directory says. */
function byReference(text: string, names: readonly string[]): string {
  // A name may begin with another one.
  const longestFirst = [...new Set(names)].toSorted((one, other) => other.length - one.length);
  return longestFirst.reduce((left, name) => left.replaceAll(name, () => keyOf(name)), text);
}
