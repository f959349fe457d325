import { createHash } from 'node:crypto';
import { z } from 'zod';
import { audit as words } from './messages/audit.ts';

/** As the app sends it; the hash counts for every field, whether this CLI knows it or not. */
const AuditRecord = z.looseObject({
  chain: z.string(),
  number: z.number(),
  at: z.string(),
  kind: z.string(),
  message: z.string(),
  previous: z.string(),
  hash: z.string(),
});
type AuditRecord = z.infer<typeof AuditRecord>;

const ChainHead = z.looseObject({ chain: z.string(), count: z.number(), hash: z.string() });

const Anchor = z.looseObject({
  number: z.number(),
  at: z.string(),
  heads: z.array(ChainHead),
  previous: z.string(),
  hash: z.string(),
});

export const AuditPage = z.looseObject({
  value: z.array(AuditRecord),
  heads: z.array(ChainHead),
  nextLink: z.string().nullish(),
});

export const Anchors = z.looseObject({ value: z.array(Anchor), nextLink: z.string().nullish() });

/** All that the app tells of its audit, or of one chain of it. */
export const AuditExport = z.strictObject({
  /** The rollout that it was asked for; absent where it holds all chains. */
  rollout: z.string().optional(),
  records: z.array(AuditRecord),
  heads: z.array(ChainHead),
  anchors: z.array(Anchor),
});
export type AuditExport = z.infer<typeof AuditExport>;

const BEFORE_ALL = '0'.repeat(64);

/**
 * What is wrong with an audit, by this program's own reckoning; nothing where it is whole. Every record must have the
 * hash that it names and follow the one before, and every chain must hold what its head and each anchor say that it held.
 */
export function faultsIn({ rollout, records, heads, anchors }: AuditExport): readonly string[] {
  const chains = Map.groupBy(records, ({ chain }) => chain);
  const wanted = [
    ...heads.map((head) => ({ ...head, says: words.head })),
    ...anchors.flatMap(({ number, heads: then }) =>
      then.map((head) => ({ ...head, says: words.anchor(number) })),
    ),
  ].filter(({ chain, count }) => count > 0 && (rollout === undefined || chain === rollout));
  return [
    ...[...chains].flatMap(([chain, all]) => breaksIn(all, `chain ${chain}, record`)),
    ...breaksIn(anchors, 'anchor'),
    ...wanted.flatMap(({ chain, count, hash, says }) => {
      const there = chains.get(chain)?.find(({ number }) => number === count);
      if (there === undefined) return [words.missing(chain, count, says)];
      return there.hash === hash ? [] : [words.other(chain, count, says)];
    }),
  ];
}

interface Linked {
  readonly number: number;
  readonly previous: string;
  readonly hash: string;
}

/** The first break of a chain; whatever comes after it proves nothing. */
function breaksIn(links: readonly Linked[], what: string): readonly string[] {
  let previous = BEFORE_ALL;
  for (const [index, one] of links.entries()) {
    const { hash, ...said } = one;
    const name = `${what} ${one.number}`;
    if (one.number !== index + 1) return [words.misplaced(name, index + 1)];
    if (one.previous !== previous) return [words.loose(name)];
    if (hashOf(said) !== hash) return [words.changed(name)];
    previous = hash;
  }
  return [];
}

function hashOf(data: object): string {
  return createHash('sha256').update(sorted(data)).digest('hex');
}

/** JSON without blanks and with sorted keys. */
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => sorted(one)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, one]) => `${JSON.stringify(name)}:${sorted(one)}`).join(',')}}`;
}
