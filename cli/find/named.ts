import { NotFoundError, UsageError } from '../errors.ts';
import { found, type Kind } from '../messages/errors.ts';
import { meantBy } from '../parse/meant.ts';
import { plain } from '../show/text.ts';
import { lastPartOf, shortIdOf } from './short-id.ts';

/** What is named by the id of many digits that it has. */
interface Listed {
  readonly id: string;
  readonly phase: string;
}

const LATEST = '@latest';
const NAMED_AT_MOST = 5;

/** How many of the newest are to be looked at for it. */
export function lookedAt(named: string, most: number): number {
  return named === LATEST ? 1 : most;
}

/** The id of the one that was meant: by all of it, the beginning of it or of its last part, or as `@latest`. */
export function idNamed<T extends Listed>(
  named: string,
  newestFirst: readonly T[],
  { kind, label }: { readonly kind: Kind; readonly label: (one: T) => string },
): string {
  const told = (one: T) => plain(found.listed(shortIdOf(one.id), label(one), one.phase));
  const [newest] = newestFirst;
  if (newest === undefined) throw new NotFoundError(found.none(kind));
  if (named === LATEST) return newest.id;
  const same = newestFirst.find(({ id }) => id === named);
  if (same !== undefined) return same.id;
  const meant = newestFirst.filter(({ id }) => id.startsWith(named) || lastPartOf(id).startsWith(named));
  const [one, ...others] = meant;
  if (one === undefined)
    throw new NotFoundError(found.noneStartsWith(kind, plain(named), told(newest), meantBy(named, [LATEST])));
  if (others.length === 0) return one.id;
  const names = meant.slice(0, NAMED_AT_MOST).map((each) => told(each));
  throw new UsageError(found.severalStartWith(kind, plain(named), { count: meant.length, names }));
}
