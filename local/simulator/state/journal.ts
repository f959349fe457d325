import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { z } from 'zod';
import { PROFILE_NAMES } from '../profile.ts';

const Time = z.number();

const Image = z.object({
  publisher: z.string(),
  offer: z.string(),
  sku: z.string(),
  version: z.string(),
});

const GalleryVersion = z.object({
  resourceGroup: z.string(),
  gallery: z.string(),
  image: z.string(),
  version: z.string(),
  excludeFromLatest: z.boolean().optional(),
  regions: z.array(z.string()).optional(),
  publishedDate: z.string().optional(),
});

/** What came to the simulator from outside; everything else follows from it, the seed and the clock. */
const Entry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    time: Time,
    timeScale: z.number().positive(),
    seed: z.int(),
    profile: z.enum(PROFILE_NAMES),
    scaleSets: z.array(z.object({ name: z.string(), count: z.int() })),
    faults: z.array(z.unknown()),
  }),
  z.object({
    kind: z.literal('request'),
    time: Time,
    method: z.string(),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    text: z.string(),
  }),
  /** The answer to a write left, and with it the write was accepted; counts the requests from 0. */
  z.object({ kind: z.literal('answered'), time: Time, request: z.int() }),
  z.object({ kind: z.literal('fault'), time: Time, fault: z.unknown() }),
  z.object({ kind: z.literal('image'), time: Time, image: Image }),
  z.object({ kind: z.literal('galleryVersion'), time: Time, version: GalleryVersion }),
]);

export type JournalEntry = z.infer<typeof Entry>;
export type JournalStart = Extract<JournalEntry, { kind: 'start' }>;

export interface Journal {
  /** Oldest first. */
  readonly past: readonly JournalEntry[];
  append(entry: JournalEntry): void;
}

/** Headers that decide what becomes of a request; others are not kept, tokens above all. */
export const KEPT_HEADERS = ['if-match', 'if-none-match', 'x-ms-client-request-id'];

/** Thrown when a file is no journal of a simulator. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
}

/** Opens a journal, or begins one; a last line that was cut off when the process died is dropped. */
export function openJournal(file: string): Journal {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole));
  const past = whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => readEntry(file, line, index + 1));
  return {
    past,
    append: (entry) => appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 }),
  };
}

function readEntry(file: string, line: string, number: number): JournalEntry {
  try {
    return Entry.parse(JSON.parse(line));
  } catch (cause) {
    throw new JournalError(`${file}:${number} is no line of a simulator's state; move the file away`, {
      cause,
    });
  }
}
