import { injectFault } from '../injection/inject.ts';
import { decideAt, letAnswerGo, type Decided, type Exchanger } from '../http/exchange.ts';
import { publishGalleryVersion, publishImage } from '../work/os-upgrade.ts';
import type { JournalEntry } from './journal.ts';

/**
 * Lives through a journal again: the same seed, the same requests at the same moments, so the same world.
 *
 * A write whose answer never left, because the process ended, counts as accepted with the last line.
 */
export function replayPast(exchanger: Exchanger, past: readonly JournalEntry[]): void {
  const open = new Map<number, Decided>();
  for (const entry of past) replayEntry(exchanger, entry, open);
  const last = past.at(-1);
  if (last === undefined) return;
  for (const decided of open.values()) letAnswerGo(exchanger, last.time, decided, false);
}

function replayEntry(exchanger: Exchanger, entry: JournalEntry, open: Map<number, Decided>): void {
  const { world } = exchanger;
  switch (entry.kind) {
    case 'start':
      return;
    case 'request': {
      const number = exchanger.requests;
      exchanger.requests += 1;
      const decided = decideAgain(exchanger, entry);
      if (decided?.writing !== undefined) open.set(number, decided);
      return;
    }
    case 'answered': {
      const decided = open.get(entry.request);
      open.delete(entry.request);
      if (decided !== undefined) letAnswerGo(exchanger, entry.time, decided);
      return;
    }
    case 'fault':
      exchanger.atMoment(entry.time, () => injectFault(world, entry.fault));
      return;
    case 'image':
      exchanger.atMoment(entry.time, () => publishImage(world, entry.image));
      return;
    case 'galleryVersion':
      exchanger.atMoment(entry.time, () => publishGalleryVersion(world, entry.version));
  }
}

/** A request that found no connection then finds none now. */
function decideAgain(
  exchanger: Exchanger,
  entry: Extract<JournalEntry, { kind: 'request' }>,
): Decided | undefined {
  const { method, url, headers, text, time } = entry;
  try {
    return decideAt(exchanger, time, { method, url: new URL(url), headers: new Headers(headers), text });
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
