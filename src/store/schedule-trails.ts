import { z } from 'zod';
import { fingerprint } from '../core/model/canonical.ts';
import { END_PHASES } from '../core/record/phase.ts';
import type { SeenVersion } from '../core/schedule/choose.ts';
import type { Looked } from '../core/schedule/looks.ts';
import type { Release, SetTrail } from '../core/schedule/trail.ts';
import { seal, unseal } from './formats/format.ts';
import { count, maybe, number, schemaOf, text, time } from '../core/model/schemas.ts';
import { leaseId } from './leases.ts';
import type { Store } from './port.ts';

const TABLE = 'schedules';

const start = z.strictObject({
  version: text,
  release: count,
  rolloutId: text,
  at: time,
  end: maybe(z.enum(END_PHASES)),
});

const trail = schemaOf<SetTrail>()(
  z.strictObject({
    scaleSet: text,
    starts: z.array(start),
    runs: maybe(z.strictObject({ version: text, since: time })),
  }),
);

/** As many starts of one set are remembered. */
const MOST_STARTS = 50;

const setsOf = (name: string): string => `sets-${name}`;

/** What a schedule knows of its sets. */
export async function listTrails({ documents }: Store, name: string): Promise<readonly SetTrail[]> {
  const rows = await documents.list(TABLE, setsOf(name));
  return rows.map(({ row, value }) => unseal(value, trail, `set ${row} of schedule ${name}`));
}

/** Changes what a schedule knows of a set; where another look is faster, what that has written is changed. */
export async function changeTrail(
  { documents }: Store,
  { name, scaleSet }: { readonly name: string; readonly scaleSet: string },
  change: (before: SetTrail) => SetTrail,
): Promise<SetTrail> {
  const key = { table: TABLE, partition: setsOf(name), row: leaseId(scaleSet) } as const;
  for (;;) {
    const stored = await documents.get(key);
    const before = stored && unseal(stored.value, trail, `a set of schedule ${name}`);
    const changed = change(before ?? { scaleSet, starts: [] });
    if (changed === before) return before;
    const next = { ...changed, starts: changed.starts.slice(-MOST_STARTS) };
    const done =
      stored === undefined
        ? await documents.insert(key, seal(next))
        : await documents.replace(key, seal(next), stored.etag);
    if (done !== undefined) return next;
  }
}

/** `version` is the format's own, in whatever is stored. */
const release = z.strictObject({ image: text, by: text, at: time, reason: text });

/** Versions that people have let be tried again, the oldest first. */
export async function listReleases({ documents }: Store, name: string): Promise<readonly Release[]> {
  const rows = await documents.list(TABLE, `releases-${name}`);
  return rows
    .map(({ row, value }) => unseal(value, release, `release ${row} of schedule ${name}`))
    .map(({ image: version, ...rest }) => ({ version, ...rest }))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** Notes the nth release of a version; false where another one is noted by it already. */
export async function addRelease(
  { documents }: Store,
  name: string,
  { nth, version: image, ...rest }: Release & { readonly nth: number },
): Promise<boolean> {
  const row = `${fingerprint(image)}-${String(nth).padStart(6, '0')}`;
  const key = { table: TABLE, partition: `releases-${name}`, row } as const;
  return (await documents.insert(key, seal({ image, ...rest }))) !== undefined;
}

const looked = schemaOf<Looked>()(z.strictObject({ at: number, again: maybe(number) }));

/** When a schedule has looked last. */
export async function readLook({ documents }: Store, name: string): Promise<Looked | undefined> {
  const stored = await documents.get({ table: TABLE, partition: 'looks', row: name });
  return stored && unseal(stored.value, looked, `the look of schedule ${name}`);
}

export async function noteLook({ documents }: Store, name: string, look: Looked): Promise<void> {
  await documents.putAll(TABLE, 'looks', [{ row: name, value: seal(look) }]);
}

/** Something has changed for a schedule: it looks at once. */
export async function forgetLook({ documents }: Store, name: string): Promise<void> {
  await documents.remove({ table: TABLE, partition: 'looks', row: name });
}

/** As many versions of one image are remembered; publishers have some dozens. */
const MOST_SEEN = 1000;

const sightings = schemaOf<{ readonly image: string; readonly seen: readonly SeenVersion[] }>()(
  z.strictObject({
    image: text,
    seen: z.array(z.strictObject({ version: text, since: number })),
  }),
);

/**
 * When each version of an image was seen for the first time, with those that are new as of now. They are noted only
 * where `notes` says so.
 */
export async function seeVersions(
  { documents }: Store,
  {
    image,
    versions,
    now,
    notes,
  }: {
    readonly image: string;
    readonly versions: readonly string[];
    readonly now: number;
    readonly notes: boolean;
  },
): Promise<readonly SeenVersion[]> {
  const key = { table: TABLE, partition: 'images', row: fingerprint(image) } as const;
  for (;;) {
    const stored = await documents.get(key);
    const { seen } = stored === undefined ? { seen: [] } : unseal(stored.value, sightings, `image ${image}`);
    const known = new Map(seen.map(({ version, since }) => [version, since]));
    const all = versions.map((version) => ({ version, since: known.get(version) ?? now }));
    if (!notes || all.every(({ version }) => known.has(version))) return all;
    // A list that lacks some for once must not make them young again.
    const gone = seen.filter(({ version }) => !versions.includes(version));
    const next = seal({ image, seen: [...gone, ...all].slice(-MOST_SEEN) });
    const done =
      stored === undefined
        ? await documents.insert(key, next)
        : await documents.replace(key, next, stored.etag);
    if (done !== undefined) return all;
  }
}
