import type { LogEntry } from '../../simulator/log/entries.ts';

/** The part of the simulator's log that one rollout made, and all that came before it. */
export interface Passage {
  readonly before: readonly LogEntry[];
  readonly during: readonly LogEntry[];
}

/** Who serves at a moment follows only from the whole log, from its beginning. */
export function wholeLog({ before, during }: Passage): readonly LogEntry[] {
  return [...before, ...during];
}

/** A rollout writes the model once on its way forward, and once more where it turns back. */
export function splitAtTurn({ during }: Passage): {
  readonly forward: readonly LogEntry[];
  readonly back: readonly LogEntry[];
} {
  const [, turn] = during.filter((entry) => isAccepted(entry) && entry.operation === 'patch');
  const at = turn === undefined ? during.length : during.indexOf(turn);
  return { forward: during.slice(0, at), back: during.slice(at) };
}

export type Request = LogEntry & { readonly kind: 'request' };

/** A write that the service has taken. */
export function isAccepted(entry: LogEntry): entry is Request {
  return entry.kind === 'request' && entry.operationId !== undefined;
}
