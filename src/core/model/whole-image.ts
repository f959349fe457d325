import type { Edit } from './edits.ts';
import type { Json } from './model.ts';
import { isObject, isSameStep, parsePath, pathText } from './paths.ts';
import type { Step } from './paths.ts';

const REFERENCE = 'virtualMachineProfile.storageProfile.imageReference';
const STEPS = parsePath(REFERENCE) ?? [];

/** What names an image of the market place; Azure takes another one only with all four in one write (arm-vmss.md 3.4). */
const PARTS = ['publisher', 'offer', 'sku', 'version'] as const;

/** Edits that set all four one by one, as a single one of the whole image: that is how they are written, and undone. */
export function withWholeImage(edits: readonly Edit[]): readonly Edit[] {
  const named = new Map(
    edits.flatMap((edit): [string, Edit & { kind: 'set' }][] => {
      const part = edit.kind === 'set' ? partAt(parsePath(edit.path) ?? []) : undefined;
      return part === undefined || edit.kind !== 'set' ? [] : [[part, edit]];
    }),
  );
  if (named.size < PARTS.length) return edits;
  const value = Object.fromEntries(PARTS.map((part) => [part, named.get(part)?.value ?? null]));
  const own = new Set<Edit>(named.values());
  return [...edits.filter((edit) => !own.has(edit)), { kind: 'set', path: REFERENCE, value }];
}

function partAt(steps: readonly Step[]): string | undefined {
  const last = steps.at(-1);
  const isInside =
    steps.length === STEPS.length + 1 &&
    STEPS.every((step, index) => {
      const other = steps[index];
      return other !== undefined && isSameStep(step, other);
    });
  if (!isInside || last === undefined) return undefined;
  return PARTS.find((part) => isSameStep({ kind: 'name', name: part }, last));
}

const ARM_REFERENCE = `properties.${REFERENCE}`;

/** By whose rule a property goes: publisher and offer of an image that is named whole go by that of the image. */
export function ruledBy(
  inside: string,
  { path, before, after }: { readonly path: string; readonly before: Json; readonly after: Json },
): string {
  const isOther = [`${ARM_REFERENCE}.publisher`, `${ARM_REFERENCE}.offer`].includes(inside);
  const isNamedWhole = pathText(parsePath(path) ?? []) === REFERENCE && isWhole(before) && isWhole(after);
  return isOther && isNamedWhole ? ARM_REFERENCE : inside;
}

function isWhole(value: Json): boolean {
  return isObject(value) && PARTS.every((part) => typeof value[part] === 'string' && value[part] !== '');
}
