/** What a text that somebody knows an older version of has become. */
export type Difference =
  | { readonly kind: 'whole'; readonly text: string }
  /** A list of so many items; of those that are not as before, index and item, as JSON. */
  | { readonly kind: 'changes'; readonly count: number; readonly changed: string };

/** The items of a list, each as it is written. */
export type Items = readonly string[];

/** What of a list is another one than before: most looks at a thousand instances change few. */
export function differenceOf(text: string, items: Items | undefined, before: Items | undefined): Difference {
  if (items === undefined || before === undefined) return { kind: 'whole', text };
  const changed = items.flatMap((item, index) => (item === before[index] ? [] : [`[${index},${item}]`]));
  return { kind: 'changes', count: items.length, changed: `[${changed.join()}]` };
}

/** What the text says, for somebody who has what the older one said. What has not changed is the same object. */
export function patched(before: unknown, difference: Difference): unknown {
  if (difference.kind === 'whole') return JSON.parse(difference.text);
  const { value } = before as { readonly value: readonly unknown[] };
  const items = value.slice(0, difference.count);
  const changed = JSON.parse(difference.changed) as readonly (readonly [number, unknown])[];
  for (const [index, item] of changed) items[index] = item;
  return { value: items };
}

const HEAD = /^\{"value":\[(\{"\w+":)/;
const TAIL = '}]}';

/**
 * The items of `{"value":[{"id":…},{"id":…}]}`; `undefined` where a text is something else. All begin with the same
 * field. Within a text its marks would be escaped; an item that itself holds such a list is no JSON where it is cut.
 */
export function itemsIn(text: string): Items | undefined {
  const [head = '', first = ''] = HEAD.exec(text) ?? [];
  if (head === '' || !text.endsWith(TAIL)) return undefined;
  const items = text
    .slice(head.length - first.length, -TAIL.length)
    .split(`},${first}`)
    .map((part, index) => `${index === 0 ? '' : first}${part}}`);
  return items.every(isWhole) ? items : undefined;
}

/** As many brackets are closed as opened, wherever they stand: what was cut inside of a list lacks one. */
function isWhole(item: string): boolean {
  return !item.includes('[') || isJson(item);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
