import { z } from 'zod';
import { fingerprint } from '../core/model/canonical.ts';
import { schemaOf, text, time } from '../core/model/schemas.ts';
import { seal, unseal } from './formats/format.ts';
import type { Store } from './port.ts';

/** A rollout whose scale set was not there. */
interface Missing {
  readonly rollout: string;
  readonly at: string;
}

const format = schemaOf<{ readonly missing: readonly Missing[] }>()(
  z.strictObject({ missing: z.array(z.strictObject({ rollout: text, at: time })) }),
);

/** So long they are counted together. */
export const MISSING_MS = 3_600_000;

/** So many are remembered; the limit of an hour is not higher. */
const MOST = 1000;

const keyFor = (who: string) =>
  ({ table: 'switches', partition: 'missing-sets', row: fingerprint(who) }) as const;

/** What this caller has asked for in vain in the hour before, oldest first. */
export async function listMissing(
  { documents }: Store,
  who: string,
  now: number,
): Promise<readonly Missing[]> {
  const stored = await documents.get(keyFor(who));
  if (stored === undefined) return [];
  return unseal(stored.value, format, 'missing scale sets').missing.filter(
    ({ at }) => Date.parse(at) > now - MISSING_MS,
  );
}

/** Remembers one; told again of the same rollout, it changes nothing. Older ones are forgotten. */
export async function noteMissing(
  { documents }: Store,
  who: string,
  { rollout, at }: Missing,
): Promise<void> {
  const key = keyFor(who);
  const since = Date.parse(at) - MISSING_MS;
  for (;;) {
    const stored = await documents.get(key);
    const known = stored === undefined ? [] : unseal(stored.value, format, 'missing scale sets').missing;
    if (known.some((one) => one.rollout === rollout)) return;
    const kept = known.filter((one) => Date.parse(one.at) > since).slice(1 - MOST);
    const next = seal({ missing: [...kept, { rollout, at }] });
    const done =
      stored === undefined
        ? await documents.insert(key, next)
        : await documents.replace(key, next, stored.etag);
    if (done !== undefined) return;
  }
}
