import type { OperationKind } from '../operations/table.ts';
import { isObject } from '../model/json.ts';
import type { World } from '../world.ts';

/** Answers that show scale sets and their instances. */
const SHOWN: readonly OperationKind[] = [
  'getScaleSet',
  'listScaleSets',
  'listInstances',
  'getInstance',
  'put',
  'patch',
  'putInstance',
];

interface Letters {
  readonly ids: ((id: string) => string) | undefined;
  readonly sizes: boolean;
  readonly names: boolean;
}

const SPELLINGS: readonly ((id: string) => string)[] = [
  (id) =>
    id.replace(
      /\/resourceGroups\/([^/]+)/i,
      (_all, group: string) => `/resourceGroups/${group.toUpperCase()}`,
    ),
  (id) => id.replace(/\/resourceGroups\//i, '/resourcegroups/'),
  (id) =>
    id.replace(
      /\/Microsoft\.Compute\/virtualMachineScaleSets\//i,
      '/microsoft.compute/virtualmachinescalesets/',
    ),
  (id) => id.toLowerCase(),
];

/** The same answer in other letters, now and then; ARM compares none of them by letter (arm-vmss.md, corrections). */
export function inOtherLetters(world: World, operation: OperationKind, body: unknown): unknown {
  const share = world.profile.otherLettersShare;
  if (share === 0 || !SHOWN.includes(operation)) return body;
  const random = world.random('letters');
  const spelling = SPELLINGS[Math.floor(random.between(0, SPELLINGS.length))];
  const letters: Letters = {
    ids: random.chance(share) ? spelling : undefined,
    sizes: random.chance(share),
    names: random.chance(share),
  };
  // Most answers are as they were, and long.
  return letters.ids === undefined && !letters.sizes && !letters.names ? body : respelled(body, letters);
}

function respelled(value: unknown, letters: Letters): unknown {
  if (typeof value === 'string') {
    return letters.ids !== undefined && value.startsWith('/subscriptions/') ? letters.ids(value) : value;
  }
  if (Array.isArray(value)) return value.map((inner: unknown) => respelled(inner, letters));
  if (!isObject(value)) return value;
  const isResource = typeof value['type'] === 'string' && typeof value['id'] === 'string';
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (letters.sizes && key === 'vmSize' && typeof inner === 'string') return [key, inner.toLowerCase()];
      if (letters.sizes && key === 'sku' && isObject(inner) && typeof inner['name'] === 'string')
        return [key, { ...inner, name: inner['name'].toLowerCase() }];
      if (letters.names && isResource && key === 'name' && typeof inner === 'string')
        return [key, inner.toUpperCase()];
      return [key, respelled(inner, letters)];
    }),
  );
}
