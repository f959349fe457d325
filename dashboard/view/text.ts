const MOST_RANGES = 12;
const FEW_RANGES = 6;

/** The same, where a whole update domain of a large set would fill the page: the first of them, and how many there are. */
export function shortRanges(ids: readonly string[]): string {
  const all = idRanges(ids).split(', ');
  return all.length <= MOST_RANGES
    ? all.join(', ')
    : `${all.slice(0, FEW_RANGES).join(', ')}… (${ids.length} in all)`;
}

/** `0-3, 7`: instance ids, neighbours in one. */
export function idRanges(ids: readonly string[]): string {
  const sorted = [...ids].sort(byNumber);
  const ranges: string[][] = [];
  for (const id of sorted) {
    const last = ranges.at(-1);
    if (last !== undefined && Number(last.at(-1)) + 1 === Number(id)) last.push(id);
    else ranges.push([id]);
  }
  return ranges
    .map((range) => (range.length > 2 ? `${range[0]}-${range.at(-1)}` : range.join(', ')))
    .join(', ');
}

/** Instance ids are numbers in a text. */
export function byNumber(one: string, other: string): number {
  return Number(one) - Number(other) || (one < other ? -1 : Number(one > other));
}

export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** What the app says in half a sentence, as a whole one. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? capital(text) : `${capital(text)}.`;
}

export function capital(text: string): string {
  // A code such as `unhealthyAfterUpgrade` is no word, nor is a path such as `strategy.steps`.
  if (/^[a-z]+([A-Z]|\.[a-z])/.test(text)) return text;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A value of a model on one line. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What a scale set's image is, the part that changes last. */
export function imageText(reference: unknown): {
  readonly version: string;
  readonly of: string;
} {
  if (typeof reference !== 'object' || reference === null) return { version: 'custom disk', of: '' };
  const image: Readonly<Record<string, unknown>> = { ...reference };
  const part = (name: string): string => (typeof image[name] === 'string' ? image[name] : '');
  const id = part('id') || part('sharedGalleryImageId') || part('communityGalleryImageId');
  if (id !== '') {
    const names = id.split('/').filter((name) => name !== '');
    return { version: names.at(-1) ?? id, of: names.slice(-5, -1).join('/') };
  }
  return { version: part('exactVersion') || part('version'), of: `${part('offer')} ${part('sku')}`.trim() };
}
