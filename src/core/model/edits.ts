import { refuse } from '../messages/refusals.ts';
import type { Refusal } from '../messages/refusals.ts';
import { refused } from '../messages/refused.ts';
import { tagText } from './meaning.ts';
import type { Json, Model } from './model.ts';
import { indexOf, isList, lookUp, parsePath, pathText, withValue } from './paths.ts';
import type { Step } from './paths.ts';
import { resolvePath } from './resolve-path.ts';
import { typedFor } from './typed.ts';

/** One edit of the model, with the path rules of `az vmss update`. */
export type Edit =
  | { readonly kind: 'set'; readonly path: string; readonly value: Json }
  | { readonly kind: 'add'; readonly path: string; readonly value: Json }
  | { readonly kind: 'remove'; readonly path: string };

export interface Edited {
  readonly kind: 'edited';
  readonly model: Model;
  /** What to compare before and after: the property itself, or the list that an item was added to or removed from. */
  readonly paths: readonly string[];
}

/** Carries edits out one by one; the first that leads nowhere is refused in the words that az would use. */
export function applyEdits(model: Model, edits: readonly Edit[]): Edited | Refusal {
  let edited = model;
  const paths: string[] = [];
  for (const edit of edits) {
    const steps = parsePath(edit.path);
    if (steps === undefined) return pathNotFound(edit, refused.noPath(edit.path));
    const result = applyEdit(edited, edit, steps);
    if ('kind' in result) return result;
    edited = result.model;
    if (!paths.includes(result.path)) paths.push(result.path);
  }
  return { kind: 'edited', model: edited, paths };
}

function applyEdit(
  model: Model,
  edit: Edit,
  written: readonly Step[],
): { readonly model: Model; readonly path: string } | Refusal {
  const found = resolvePath(model, written);
  if (found.kind === 'nowhere') return pathNotFound(edit, found.message);
  const { steps, value: present = null } = found;
  const path = pathText(steps);
  switch (edit.kind) {
    case 'set':
      return { model: withValue(model, steps, valueFor(steps, edit.value)), path };
    case 'add': {
      if (present !== null && !isList(present)) return pathNotFound(edit, refused.noList(edit.path));
      return { model: withValue(model, steps, [...(present ?? []), valueFor(steps, edit.value)]), path };
    }
    case 'remove':
      if (found.absent !== undefined) return pathNotFound(edit, found.absent);
      return removeAt(model, steps);
  }
}

/** A tag is sent as the text that Azure makes of it, all else as it is typed there. */
function valueFor(steps: readonly Step[], value: Json): Json {
  const [first] = steps;
  return first?.kind === 'name' && first.name === 'tags' ? tagText(value) : typedFor(steps, value);
}

/** Takes a property away, or an item out of its list. */
function removeAt(model: Model, steps: readonly Step[]): { model: Model; path: string } {
  const last = steps.at(-1);
  const parents = steps.slice(0, -1);
  const list = lookUp(model, parents);
  if (last === undefined || last.kind === 'name' || list.kind !== 'found' || !isList(list.value)) {
    return { model: withValue(model, steps, undefined), path: pathText(steps) };
  }
  const index = indexOf(list.value, last);
  const kept = list.value.filter((_, position) => position !== index);
  return { model: withValue(model, parents, kept), path: pathText(parents) };
}

function pathNotFound({ kind, path }: Edit, message: string): Refusal {
  return refuse('pathNotFound', message, { edit: kind, path });
}
