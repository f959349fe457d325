import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** When a timer function ran and was to run, in milliseconds; kept so that a late start is noticed. */
export interface TimerRecord {
  readonly last: number | undefined;
  readonly next: number | undefined;
}

/** The memory of the timer functions over restarts of the host (durable-host.md 7, useMonitor). */
export interface TimerMonitor {
  read(name: string): TimerRecord | undefined;
  write(name: string, record: TimerRecord): void;
}

/** Keeps the records in a file of the state folder; what cannot be read counts as nothing. */
export function fileMonitor(folder: string): TimerMonitor {
  const file = join(folder, 'timers.json');
  const records = new Map(Object.entries(readRecords(file)));
  return {
    read: (name) => records.get(name),
    write(name, record) {
      records.set(name, record);
      writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(records)));
      renameSync(`${file}.new`, file);
    },
  };
}

function readRecords(file: string): Record<string, TimerRecord> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, TimerRecord>) : {};
  } catch {
    return {};
  }
}
