import { call } from '../../client/call.ts';
import { read } from '../api/client.ts';
import { ScaleSets, type ScaleSetSummary } from '../api/scale-sets.ts';
import type { Context } from '../context.ts';
import { NotFoundError, UsageError } from '../errors.ts';
import { found } from '../messages/errors.ts';
import { meantBy } from '../parse/meant.ts';
import { plain } from '../show/text.ts';

/** The resource id of a scale set that was named by it, by its name alone, or as GROUP/NAME. */
export async function scaleSetIdOf(context: Context, named: string): Promise<string> {
  if (named.startsWith('/')) return named;
  const { value } = await read(context, call('getScaleSets', {}), ScaleSets);
  const wanted = named.toLowerCase();
  const meant = value.filter((one) => [one.name, pathOf(one)].some((name) => name.toLowerCase() === wanted));
  const [one, ...others] = meant;
  if (one === undefined) {
    const near = meantBy(
      named,
      value.map(({ name }) => name),
    );
    throw new NotFoundError(found.noScaleSet(plain(named), near && plain(near)));
  }
  if (others.length > 0) {
    const ways = new Set(meant.map((set) => pathOf(set)));
    const names = ways.size === meant.length ? [...ways] : meant.map(({ id }) => id);
    throw new UsageError(
      found.severalScaleSets(
        plain(named),
        names.map((name) => plain(name)),
      ),
    );
  }
  return one.id;
}

function pathOf({ resourceGroup, name }: ScaleSetSummary): string {
  return `${resourceGroup}/${name}`;
}

/** What the API names a scale set by in its paths. */
export function scaleSetPathOf(id: string): { subscriptionId: string; resourceGroup: string; name: string } {
  const [, , subscriptionId = '', , resourceGroup = '', , , , name = ''] = id.split('/');
  return { subscriptionId, resourceGroup, name };
}
