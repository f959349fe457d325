import { z } from 'zod';
import { count, maybe, schemaOf, text } from '../core/model/schemas.ts';
import { guardName } from '../core/record/schemas.ts';
import { fingerprint } from '../core/model/canonical.ts';
import type { GuardLeft } from '../core/record/held-guards.ts';
import { isEnded } from '../core/record/phase.ts';
import type { RolloutRecord } from '../core/record/rollout.ts';
import { withEnd } from '../core/record/set-ends.ts';
import type { SetEnds } from '../core/record/set-ends.ts';
import { scaleSetKey } from '../core/spec/spec.ts';
import { seal, unseal } from './formats/format.ts';
import { listRollouts } from './list.ts';
import type { DocumentKey, Store, Stored } from './port.ts';
import { readRollout } from './rollouts.ts';

/*
 * One document a scale set, so that neither guards that were left nor the newest snapshot are looked for among all
 * rollouts, and both outlive the others.
 */

const format = schemaOf<SetEnds>()(
  z.strictObject({
    scaleSet: text,
    token: count,
    undoable: maybe(text),
    guards: z.array(
      z.strictObject({ rolloutId: text, scaleSet: text, guard: guardName, was: text, remedy: text }),
    ),
  }),
);

const keyAt = (row: string): DocumentKey => ({ table: 'index', partition: 'sets', row });
const keyOf = (scaleSet: string): DocumentKey => keyAt(fingerprint(scaleSetKey(scaleSet)));

/** After all rows of sets, which are hex digits. */
const COUNTED = 'known';

function endsIn({ row, value }: Stored): SetEnds {
  return unseal(value, format, `${row} of the scale sets' ends`);
}

/**
 * Notes what a rollout has left that has ended. Whoever hands its scale set over does it first: then each is noted before
 * the next one of its set can end.
 */
export async function noteEnd(store: Store, record: RolloutRecord): Promise<void> {
  await countFormer(store);
  await note(store, record);
}

export async function readEnds(store: Store, scaleSet: string): Promise<SetEnds | undefined> {
  await countFormer(store);
  const stored = await store.documents.get(keyOf(scaleSet));
  return stored && endsIn(stored);
}

/** Guards that ended rollouts could not restore and nobody has restored since, of all scale sets or of one. */
export async function readGuardsLeft(store: Store): Promise<readonly GuardLeft[]> {
  await countFormer(store);
  const stored = await store.documents.list('index', 'sets', { before: COUNTED });
  return stored.flatMap((document) => endsIn(document).guards);
}

async function note(store: Store, record: RolloutRecord): Promise<void> {
  const key = keyOf(record.scaleSet);
  for (;;) {
    const stored = await store.documents.get(key);
    const before = stored && endsIn(stored);
    const next = withEnd(before, record);
    if (next === before) return;
    const done =
      stored === undefined
        ? await store.documents.insert(key, seal(next))
        : await store.documents.replace(key, seal(next), stored.etag);
    if (done !== undefined) return;
  }
}

const counted = new WeakSet<Store>();
const PAGE = 100;

/** What has ended under an app that noted no ends is noted once, the oldest first. */
async function countFormer(store: Store): Promise<void> {
  if (counted.has(store)) return;
  const key = keyAt(COUNTED);
  if ((await store.documents.get(key)) === undefined) {
    for (const id of await everyRollout(store)) {
      const record = (await readRollout(store, id))?.record;
      if (record !== undefined && isEnded(record.phase)) await note(store, record);
    }
    await store.documents.insert(key, seal({}));
  }
  counted.add(store);
}

async function everyRollout(store: Store): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let after: string | undefined; ;) {
    const page = await listRollouts(store, PAGE, after);
    ids.push(...page.map(({ id }) => id));
    after = page.at(-1)?.row;
    if (page.length < PAGE) return ids.reverse();
  }
}
