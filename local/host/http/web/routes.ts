/** One route of an HTTP trigger, in ASP.NET's template language (durable-host.md 7). */
export interface Route {
  readonly methods: readonly string[];
  /** The values of the parameters when the path fits; undefined when it does not. */
  match(path: readonly string[]): Readonly<Record<string, string>> | undefined;
  /** Lower goes first when several routes fit: literals before constrained before free parameters. */
  readonly precedence: string;
}

type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly isOptional: boolean;
      readonly isRest: boolean;
      readonly fallback: string | undefined;
      readonly fits: (value: string) => boolean;
      readonly isConstrained: boolean;
    };

/** Throws for a template that this host does not understand. */
export function parseRoute(template: string, methods: readonly string[]): Route {
  const segments = pathSegments(template).map(parseSegment);
  return {
    methods: methods.map((method) => method.toUpperCase()),
    precedence: segments.map(rank).join(''),
    match: (path) => matchSegments(segments, path),
  };
}

/** Of a template; empty segments do not count. */
export function pathSegments(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** Of a request: one slash at the end does not count, any other empty segment does. Nothing is decoded. */
export function requestSegments(path: string): readonly string[] {
  const inner = path.replace(/^\//, '').replace(/\/$/, '');
  return inner === '' ? [] : inner.split('/');
}

function parseSegment(text: string): Segment {
  if (!text.includes('{')) return { kind: 'literal', text: text.toLowerCase() };
  const inner = /^\{(.+)\}$/.exec(text)?.[1];
  if (inner === undefined || inner.includes('{')) {
    throw new Error(
      `The route segment "${text}" is not supported: a parameter must be a segment of its own.`,
    );
  }
  const [head = '', fallback] = inner.split('=');
  const isRest = head.startsWith('*');
  const isOptional = head.endsWith('?');
  const [name = '', ...constraints] = head.replace(/^\*+/, '').replace(/\?$/, '').split(':');
  const checks = constraints.map(constraint);
  return {
    kind: 'parameter',
    name,
    isOptional,
    isRest,
    fallback,
    fits: (value) => checks.every((check) => check(value)),
    isConstrained: checks.length > 0,
  };
}

const CONSTRAINTS: Readonly<Record<string, RegExp>> = {
  int: /^[+-]?\d{1,10}$/,
  long: /^[+-]?\d{1,19}$/,
  bool: /^(true|false)$/i,
  guid: /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i,
  alpha: /^[a-z]*$/i,
  decimal: /^[+-]?\d+(\.\d+)?$/,
};

function constraint(text: string): (value: string) => boolean {
  const known = CONSTRAINTS[text.toLowerCase()];
  if (known !== undefined) return (value) => known.test(value);
  const [, name = '', argument = ''] = /^(\w+)\((.*)\)$/.exec(text) ?? [];
  if (name === 'regex') return (value) => new RegExp(argument).test(value);
  const [low = 0, high = low] = argument.split(',').map(Number);
  switch (name) {
    case 'min':
      return (value) => Number(value) >= low;
    case 'max':
      return (value) => Number(value) <= low;
    case 'range':
      return (value) => Number(value) >= low && Number(value) <= high;
    case 'length':
      return (value) => value.length >= low && value.length <= high;
    case 'minlength':
      return (value) => value.length >= low;
    case 'maxlength':
      return (value) => value.length <= low;
    default:
      throw new Error(`The route constraint "${text}" is not supported.`);
  }
}

function rank(segment: Segment): string {
  if (segment.kind === 'literal') return '1';
  if (segment.isRest) return '5';
  return segment.isConstrained ? '2' : '3';
}

function matchSegments(
  segments: readonly Segment[],
  path: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const values: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const raw = path[index];
    if (raw === '' && !(segment.kind === 'parameter' && segment.isRest)) return undefined;
    if (segment.kind === 'literal') {
      if (raw?.toLowerCase() !== segment.text) return undefined;
      continue;
    }
    if (segment.isRest) {
      const rest = path.slice(index).map(decodeSegment).join('/');
      if (rest !== '') values[segment.name] = rest;
      return values;
    }
    const value = raw === undefined ? segment.fallback : decodeSegment(raw);
    if (value === undefined && !segment.isOptional) return undefined;
    if (value !== undefined) {
      if (!segment.fits(value)) return undefined;
      values[segment.name] = value;
    }
  }
  return path.length > segments.length ? undefined : values;
}

/** Percent-decodes a path segment, except for an encoded slash: the real front leaves it (golden 5.7). */
export function decodeSegment(segment: string): string {
  try {
    return segment
      .split(/(%2f)/i)
      .map((part) => (/^%2f$/i.test(part) ? part : decodeURIComponent(part)))
      .join('');
  } catch {
    return segment;
  }
}
