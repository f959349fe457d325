import { z } from 'zod';
import { count, schemaOf } from '../core/model/schemas.ts';
import { fingerprint } from '../core/model/canonical.ts';
import { seal, unseal } from './formats/format.ts';
import type { Store } from './port.ts';

/** How much of one kind one caller has asked for in one minute; the minute before is forgotten. */
interface Tally {
  /** Minutes since the epoch. */
  readonly minute: number;
  readonly count: number;
}

const format = schemaOf<Tally>()(z.strictObject({ minute: count, count }));

export interface Counted {
  readonly what: string;
  readonly who: string;
  readonly minute: number;
  /** What is above it need not be counted. */
  readonly most: number;
}

/** Counts one more, whichever instance of the app is asked; answers with how many there are by now. */
export async function tally(store: Store, { what, who, minute, most }: Counted): Promise<number> {
  const key = { table: 'switches', partition: `tally-${what}`, row: fingerprint(who) } as const;
  for (;;) {
    const stored = await store.documents.get(key);
    const before = stored === undefined ? undefined : unseal(stored.value, format, 'a tally');
    const so = before?.minute === minute ? before.count : 0;
    if (so >= most) return so + 1;
    const next = seal({ minute, count: so + 1 });
    const done =
      stored === undefined
        ? await store.documents.insert(key, next)
        : await store.documents.replace(key, next, stored.etag);
    if (done !== undefined) return so + 1;
  }
}
