import { byNumber } from './text.ts';

/** A spec as it is being written: plain JSON, which the app judges. */
export type Spec = Readonly<Record<string, unknown>>;

/** What stands at a path such as `strategy.batchBy`. */
export function fieldOf(spec: Spec, path: string): unknown {
  let at: unknown = spec;
  for (const name of path.split('.')) at = isObject(at) ? at[name] : undefined;
  return at;
}

/** The spec with another value there; with `undefined` without the field, and without objects that are empty then. */
export function withField(spec: Spec, path: string, value: unknown): Spec {
  const [name = '', ...rest] = path.split('.');
  const inner = spec[name];
  const next = rest.length === 0 ? value : withField(isObject(inner) ? inner : {}, rest.join('.'), value);
  const isGone = next === undefined || (rest.length > 0 && isObject(next) && Object.keys(next).length === 0);
  if (!isGone) return { ...spec, [name]: next };
  return Object.fromEntries(Object.entries(spec).filter(([key]) => key !== name));
}

function isObject(value: unknown): value is Spec {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `0-3, 7`, as people write instance ids. */
export function idsIn(text: string): readonly string[] | undefined {
  const ids = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .flatMap(rangeIn);
  return ids.length === 0 ? undefined : [...new Set(ids)].sort(byNumber);
}

const MOST_IN_RANGE = 1000;

function rangeIn(text: string): readonly string[] {
  const [, first, last] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  const from = Number(first);
  const count = Number(last) - from + 1;
  // What is no range is left as it is: the app says what is wrong with it.
  if (first === undefined || !(count > 0 && count <= MOST_IN_RANGE)) return [text];
  return Array.from({ length: count }, (_, index) => String(from + index));
}

/** `3` or `20%`. */
export function shareIn(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  return /^\d+$/.test(trimmed) ? Number(trimmed) : trimmed;
}

/** `1, 10%, 50%`. */
export function sharesIn(text: string): readonly (number | string)[] | undefined {
  const shares = text.split(/[\s,]+/).flatMap((part) => shareIn(part) ?? []);
  return shares.length === 0 ? undefined : shares;
}

export const IMAGE_KINDS = [
  ['none', 'stays'],
  ['version', 'version'],
  ['sku', 'sku'],
  ['id', 'image id'],
  ['uri', 'disk URI'],
] as const;

export type ImageKind = (typeof IMAGE_KINDS)[number][0];

/** Which kind of image a spec names. */
export function imageKindOf(spec: Spec): ImageKind {
  const image = fieldOf(spec, 'change.image');
  if (!isObject(image)) return 'none';
  return (['sku', 'id', 'uri', 'version'] as const).find((kind) => kind in image) ?? 'none';
}

/** Another kind of image: what was written for the old one is no use for it. */
export function withImageKind(spec: Spec, kind: ImageKind): Spec {
  const start = kind === 'version' ? { version: 'latest' } : { [kind]: '' };
  return withField(spec, 'change.image', kind === 'none' ? undefined : start);
}

const OF_STRATEGY: ReadonlySet<string> = new Set([
  'namedStrategy',
  'strategy',
  'health',
  'soakSeconds',
  'approvals',
  'onFailure',
]);

/** The spec with a named strategy and without what stands in it, as it is used whole; without a name with neither. */
export function withNamed(spec: Spec, name: string): Spec {
  const rest = Object.fromEntries(Object.entries(spec).filter(([field]) => !OF_STRATEGY.has(field)));
  return name === '' ? withField(spec, 'namedStrategy', undefined) : { ...rest, namedStrategy: { name } };
}

/** What somebody typed as JSON, or why it is none. */
export function specIn(text: string): { readonly spec: Spec } | { readonly why: string } {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? { spec: value } : { why: 'A spec is a JSON object.' };
  } catch (error) {
    return { why: error instanceof Error ? error.message : 'This is no JSON.' };
  }
}

export function specText(spec: Spec): string {
  return JSON.stringify(spec, undefined, 2);
}

/** The same as a command line, for a shell. */
export function commandText(spec: Spec): string {
  return `vmss-rollout start --wait --spec - <<'SPEC'\n${specText(spec)}\nSPEC`;
}

/** The same as a step of Azure Pipelines. */
export function pipelineText(spec: Spec): string {
  const command = commandText(spec)
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
  return `- script: |\n${command}\n  displayName: Roll out\n`;
}
