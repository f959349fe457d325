import { z } from 'zod';
import { maybe, schemaOf, text } from '../core/model/schemas.ts';
import { END_PHASES, isEnded } from '../core/record/phase.ts';
import type { EndPhase } from '../core/record/phase.ts';
import type { RolloutRecord } from '../core/record/rollout.ts';
import { scaleSetKey } from '../core/spec/spec.ts';
import { seal, unseal } from './formats/format.ts';
import type { Store } from './port.ts';

/** What the list says of a rollout: enough to leave its record unread where another one is looked for. */
interface Entry {
  readonly id: string;
  /** As `scaleSetKey` gives it. */
  readonly scaleSet: string;
  /** How it ended. Absent while it is live, and where the app died before it came to note it. */
  readonly phase?: EndPhase;
}

export interface ListedRollout extends Entry {
  readonly row: string;
}

const format = schemaOf<Entry>()(
  z.strictObject({ id: text, scaleSet: text, phase: maybe(z.enum(END_PHASES)) }),
);

/**
 * Lists a rollout, or notes that it has ended. The list is another partition than the record, so it follows: a rollout
 * keeps its lease until it is listed, and the timer sees to those that keep one.
 */
export async function enlist(
  { documents }: Store,
  { id, scaleSet, phase, createdAt }: RolloutRecord,
): Promise<void> {
  const row = `${invertedTime(createdAt)}-${id}`;
  const entry = seal({ id, scaleSet: scaleSetKey(scaleSet) });
  if (!isEnded(phase)) await documents.insert({ table: 'index', partition: 'rollouts', row }, entry);
  // An end never changes: whoever comes last writes what stands there.
  else await documents.putAll('index', 'rollouts', [{ row, value: { ...entry, phase } }]);
}

/** Rollouts, newest first, after the row of an earlier page. */
export async function listRollouts(
  store: Store,
  top: number,
  after?: string,
): Promise<readonly ListedRollout[]> {
  const rows = await store.documents.list('index', 'rollouts', {
    top,
    ...(after !== undefined && { after }),
  });
  return rows.map(({ row, value }) => ({ row, ...unseal(value, format, `${row} of the list of rollouts`) }));
}

/** Rollouts that were accepted before this time, newest first, after the row of an earlier page. */
export async function listOldRollouts(
  store: Store,
  before: number,
  { top, after }: { readonly top: number; readonly after?: string | undefined },
): Promise<readonly ListedRollout[]> {
  const first = invertedTime(new Date(before).toISOString());
  return listRollouts(store, top, after !== undefined && after > first ? after : first);
}

export async function unlist({ documents }: Store, row: string): Promise<void> {
  await documents.remove({ table: 'index', partition: 'rollouts', row });
}

const LATEST_MS = 9_999_999_999_999;

/** Tables list in ascending order only: the newer, the smaller. */
function invertedTime(time: string): string {
  return String(LATEST_MS - Date.parse(time)).padStart(13, '0');
}
