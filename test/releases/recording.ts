import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { JournalEntry } from '../../local/simulator/state/journal.ts';
import { toEntity } from '../../src/store/azure/entities.ts';
import { CONTAINER_NAME, tableName } from '../../src/store/azure/names.ts';
import { toText } from '../../src/store/limits.ts';
import { TABLES } from '../../src/store/port.ts';
import type { Table } from '../../src/store/port.ts';
import { kept } from '../lab/kept.ts';
import { startLab } from '../lab/lab.ts';
import type { MemoryStore } from '../lab/memory-store.ts';
import type { Moment } from './scenarios.ts';

const FOLDER = join(import.meta.dirname, 'stores');

type RecordedEntity = Readonly<Record<string, string>>;

/** What a release left behind: its tables and blobs as Azure Storage has them, and all that Azure was asked for. */
export interface Recording {
  readonly options: Moment['options'];
  readonly rollout: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly tables: Readonly<Record<string, readonly RecordedEntity[]>>;
  readonly containers: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly requests: readonly JournalEntry[];
}

/** Reaches a moment with the code of today, and records it. */
export async function recordMoment({ options, reach }: Moment): Promise<Recording> {
  const requests: JournalEntry[] = [];
  const journal = { past: [], append: (entry: JournalEntry) => void requests.push(entry) };
  await using lab = await startLab({ ...options, journal });
  const rollout = await reach(lab);
  return { options, rollout, at: lab.host.clock.now(), ...(await storageOf(lab.store)), requests };
}

async function storageOf(store: MemoryStore): Promise<Pick<Recording, 'tables' | 'containers'>> {
  const tables: Record<string, RecordedEntity[]> = {};
  const blobs: Record<string, string> = {};
  for (const [name, value] of await kept(store)) {
    const [table = '', partition = '', row] = name.split('/');
    if (row === undefined || !isTable(table)) blobs[name] = String(value);
    else (tables[tableName(table)] ??= []).push(toEntity(partition, row, toText(value), 'recorded'));
  }
  return { tables, containers: { [CONTAINER_NAME]: blobs } };
}

function isTable(name: string): name is Table {
  return TABLES.some((table) => table === name);
}

/** `0.1.0/waiting.json`: a moment, recorded by the release 0.1.0. */
export function recordingFile(release: string, moment: string): string {
  return join(FOLDER, release, `${moment}.json`);
}

/** Writes a recording; one that is there stays as it is, since nobody can record what a former release wrote. */
export function keepRecording(file: string, recording: Recording): boolean {
  if (existsSync(file)) return false;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(recording)}\n`);
  return true;
}

/** Every release that has been recorded, the oldest first. */
export function recordedReleases(): readonly string[] {
  const byNumber = new Intl.Collator('en', { numeric: true });
  return readdirSync(FOLDER).sort((a, b) => byNumber.compare(a, b));
}

export function readRecording(release: string, moment: string): Recording {
  return JSON.parse(readFileSync(recordingFile(release, moment), 'utf8')) as Recording;
}
