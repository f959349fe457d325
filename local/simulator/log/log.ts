import type { EntryContent, LogEntry } from './entries.ts';

export interface Log {
  readonly entries: readonly LogEntry[];
  /** Writes one line and answers with its sequence number, from 1. */
  write(time: number, content: EntryContent): number;
}

export function createLog(): Log {
  const entries: LogEntry[] = [];
  return {
    entries,
    write(time, content) {
      const sequence = entries.length + 1;
      entries.push({ sequence, time, ...content });
      return sequence;
    },
  };
}
