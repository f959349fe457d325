import { call } from '../../client/call.ts';
import { read } from '../api/client.ts';
import { shapes } from '../api/shapes.ts';
import type { Context } from '../context.ts';
import { scaleSetName } from '../show/text.ts';
import { idNamed, lookedAt } from './named.ts';
import { isWholeId } from './short-id.ts';

/** Among so many of the newest an id may be shortened. */
const LOOKED_AT = 100;

/** The id of a rollout that was named by it, by the beginning of it or of its last part, or as `@latest`. */
export async function rolloutIdOf(context: Context, named: string): Promise<string> {
  if (isWholeId(named)) return named;
  const top = lookedAt(named, LOOKED_AT);
  const { value } = await read(context, call('getRollouts', { query: { top } }), shapes.RolloutPage);
  return idNamed(named, value, { kind: 'rollout', label: ({ scaleSet }) => scaleSetName(scaleSet) });
}
