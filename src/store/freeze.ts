import { z } from 'zod';
import { count, maybe, schemaOf, text, time } from '../core/model/schemas.ts';
import type { Freeze, FreezeAct } from '../core/record/freeze.ts';
import { freezeAct } from '../core/record/schemas.ts';
import { seal, unseal } from './formats/format.ts';
import type { Store, Stored } from './port.ts';

const TABLE = 'switches';
const PARTITION = 'freeze';
const STATE = 'state';

interface State {
  /** How many acts there are by now. */
  readonly acts: number;
  readonly freeze?: Freeze;
}

const state = schemaOf<State>()(
  z.strictObject({ acts: count, freeze: maybe(z.strictObject({ by: text, since: time, reason: text })) }),
);

const stateIn = ({ value }: Stored): State => unseal(value, state, 'the freeze');

/** The freeze that stands now, if any. */
export async function readFreeze({ documents }: Store): Promise<Freeze | undefined> {
  const stored = await documents.get({ table: TABLE, partition: PARTITION, row: STATE });
  return stored && stateIn(stored).freeze;
}

/** What was done about it, oldest first. */
export async function listFreezeActs({ documents }: Store): Promise<readonly FreezeAct[]> {
  const rows = await documents.list(TABLE, PARTITION, { before: STATE });
  return rows.map(({ row, value }) => unseal(value, freezeAct, `${row} of the freeze`));
}

/**
 * Freezes or lifts, and notes it, in one write; answers with the freeze as it stands after that. Whoever freezes what is
 * frozen, or lifts what is not, changes nothing and is not noted.
 */
export async function switchFreeze(
  store: Store,
  { kind, by, at, reason }: Omit<FreezeAct, 'sequence'>,
): Promise<Freeze | undefined> {
  const key = { table: TABLE, partition: PARTITION, row: STATE } as const;
  for (;;) {
    const stored = (await store.documents.get(key)) ?? (await store.documents.insert(key, seal({ acts: 0 })));
    if (stored === undefined) continue;
    const { acts, freeze } = stateIn(stored);
    if ((freeze !== undefined) === (kind === 'freeze')) return freeze;
    const sequence = acts + 1;
    const next: State = { acts: sequence, ...(kind === 'freeze' && { freeze: { by, since: at, reason } }) };
    const done = await store.documents.commit({
      table: TABLE,
      partition: PARTITION,
      head: { row: STATE, etag: stored.etag, value: seal(next) },
      puts: [{ row: actRow(sequence), value: seal({ sequence, kind, by, at, reason }) }],
      removes: [],
    });
    if (done !== undefined) return next.freeze;
  }
}

/** Sorts before the state, whose name comes later in the alphabet. */
function actRow(sequence: number): string {
  return `act-${String(sequence).padStart(8, '0')}`;
}
