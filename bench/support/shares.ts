import type { Profiler } from 'node:inspector';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Whose work the processor did. */
export type Part = 'app' | 'simulator' | 'host' | 'lab';

/** Of all that was done, how much was whose; together they are 1. */
export type Shares = Readonly<Record<Part, number>>;

const ROOT = `${pathToFileURL(join(import.meta.dirname, '..', '..')).href}/`;

/**
 * Whose a file is, by its path in here. Functions, Durable and the client of Azure run on behalf of the app, whoever calls them; every other
 * library on behalf of its caller.
 */
const OWNERS: readonly (readonly [RegExp, Part])[] = [
  [/node_modules\/(?:@azure|@azure-rest|@typespec|durable-functions)\//, 'app'],
  [/^src\//, 'app'],
  [/^local\/simulator\//, 'simulator'],
  [/^local\//, 'host'],
  [/^(?:test|bench)\//, 'lab'],
];

/**
 * Splits a processor profile by who asked for the work: that of the nearest function on the stack which is somebody's.
 * What is nobody's, as the collection of garbage and the queue of microtasks, is split like all the rest.
 */
export function sharesOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Shares {
  const ownerOf = ownersIn(nodes);
  const spent: Record<Part, number> = { app: 0, simulator: 0, host: 0, lab: 0 };
  for (const [index, node] of samples.entries()) {
    const owner = ownerOf.get(node);
    if (owner !== undefined) spent[owner] += timeDeltas[index] ?? 0;
  }
  const all = Object.values(spent).reduce((sum, one) => sum + one, 0);
  if (all === 0) throw new Error('the profile shows nobody at work');
  const { app, simulator, host, lab } = spent;
  return { app: app / all, simulator: simulator / all, host: host / all, lab: lab / all };
}

/** By number of node; a node stands before what it calls. */
function ownersIn(nodes: readonly Profiler.ProfileNode[]): ReadonlyMap<number, Part | undefined> {
  const owners = new Map<number, Part | undefined>();
  for (const { id, callFrame, children = [] } of nodes) {
    const path = callFrame.url.replace(ROOT, '');
    const own = OWNERS.find(([file]) => file.test(path))?.[1] ?? owners.get(id);
    owners.set(id, own);
    for (const child of children) owners.set(child, own);
  }
  return owners;
}
