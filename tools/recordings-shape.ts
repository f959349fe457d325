/** The names and types of a JSON value: each path with the types that stand there; list items count together. */
export function shapeOf(value: unknown): Map<string, Set<string>> {
  const shape = new Map<string, Set<string>>();
  walk(value, '', shape);
  return shape;
}

function walk(value: unknown, path: string, shape: Map<string, Set<string>>): void {
  const types = shape.get(path) ?? new Set<string>();
  shape.set(path, types.add(typeOf(value)));
  if (Array.isArray(value)) {
    for (const item of value) walk(item, `${path}[]`, shape);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value))
      walk(inner, path === '' ? key : `${path}.${key}`, shape);
  }
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

export interface ShapeDifference {
  readonly path: string;
  readonly what: 'missing' | 'extra' | 'type';
}

/** What differs between a recorded answer and a simulated one; below a missing or extra name nothing more is told. */
export function compareShapes(recorded: unknown, simulated: unknown): ShapeDifference[] {
  const wanted = shapeOf(recorded);
  const found = shapeOf(simulated);
  const differences: ShapeDifference[] = [];
  for (const [path, types] of wanted) {
    const present = found.get(path);
    if (present === undefined) differences.push({ path, what: 'missing' });
    else if ([...present].some((type) => !types.has(type))) differences.push({ path, what: 'type' });
  }
  for (const path of found.keys()) if (!wanted.has(path)) differences.push({ path, what: 'extra' });
  const paths = differences.map(({ path, what }) => `${what} ${path}`);
  return differences.filter(({ path, what }) => !paths.some((other) => isBelow(`${what} ${path}`, other)));
}

function isBelow(path: string, other: string): boolean {
  return path !== other && (path.startsWith(`${other}.`) || path.startsWith(`${other}[`));
}
