import { call } from '../../client/call.ts';
import { read } from '../api/client.ts';
import { shapes, type Rollout } from '../api/shapes.ts';
import type { Context } from '../context.ts';
import { NotFoundError, UsageError } from '../errors.ts';
import { found } from '../messages/errors.ts';
import { plain, scaleSetName } from '../show/text.ts';
import { isWholeId, lastPartOf, shortIdOf } from './short-id.ts';

/** Among so many of the newest an id may be shortened. */
const LOOKED_AT = 100;
const NAMED_AT_MOST = 5;

/** The id of a rollout that was named by it, by the beginning of it or of its last part, or as `@latest`. */
export async function rolloutIdOf(context: Context, named: string): Promise<string> {
  if (isWholeId(named)) return named;
  const top = named === '@latest' ? 1 : LOOKED_AT;
  const { value } = await read(context, call('getRollouts', { query: { top } }), shapes.RolloutPage);
  const [newest] = value;
  if (newest === undefined) throw new NotFoundError(found.noRollouts);
  if (named === '@latest') return newest.id;
  const same = value.find(({ id }) => id === named);
  if (same !== undefined) return same.id;
  const meant = value.filter(({ id }) => id.startsWith(named) || lastPartOf(id).startsWith(named));
  const [one, ...others] = meant;
  if (one === undefined) throw new NotFoundError(found.noRollout(plain(named), told(newest)));
  if (others.length === 0) return one.id;
  const names = meant.slice(0, NAMED_AT_MOST).map((rollout) => told(rollout));
  throw new UsageError(found.severalRollouts(plain(named), meant.length, names));
}

function told({ id, scaleSet, phase }: Rollout): string {
  return plain(found.rollout(shortIdOf(id), scaleSetName(scaleSet), phase));
}
