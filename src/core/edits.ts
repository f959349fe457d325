import type { Json, Model } from './model.ts';
import { isList, lookUp, parsePath, pathText, withValue } from './paths.ts';
import type { Step } from './paths.ts';
import { refuse } from './refusals.ts';
import type { Refusal } from './refusals.ts';

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

/** Carries edits out in turn; the first that leads nowhere is refused in the words that az would use. */
export function applyEdits(model: Model, edits: readonly Edit[]): Edited | Refusal {
  let edited = model;
  const paths: string[] = [];
  for (const edit of edits) {
    const steps = parsePath(edit.path);
    if (steps === undefined) return pathNotFound(edit, `'${edit.path}' is not a property path`);
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
  steps: readonly Step[],
): { readonly model: Model; readonly path: string } | Refusal {
  const found = lookUp(model, steps);
  if (found.kind === 'missing') {
    const options = found.options.length === 0 ? '' : ` Available options: [${found.options.join(', ')}]`;
    return pathNotFound(edit, `Couldn't find '${found.at}' in '${edit.path}'.${options}`);
  }
  switch (edit.kind) {
    case 'set':
      return { model: withValue(model, steps, edit.value), path: edit.path };
    case 'add': {
      const present = found.kind === 'found' ? found.value : null;
      if (present !== null && !isList(present)) return pathNotFound(edit, `'${edit.path}' is not a list`);
      return { model: withValue(model, steps, [...(present ?? []), edit.value]), path: edit.path };
    }
    case 'remove':
      if (found.kind === 'absent') return pathNotFound(edit, `Couldn't find '${edit.path}'.`);
      return removeAt(model, edit, steps);
  }
}

/** Takes a property away, or an item out of its list. */
function removeAt(
  model: Model,
  edit: Edit,
  steps: readonly Step[],
): { model: Model; path: string } | Refusal {
  const last = steps.at(-1);
  if (last === undefined || last.kind === 'name')
    return { model: withValue(model, steps, undefined), path: edit.path };
  const parents = steps.slice(0, -1);
  const list = lookUp(model, parents);
  const item = lookUp(model, steps);
  if (list.kind !== 'found' || !isList(list.value) || item.kind !== 'found') {
    return pathNotFound(edit, `Couldn't find '${edit.path}'.`);
  }
  const kept = list.value.filter((candidate) => candidate !== item.value);
  return { model: withValue(model, parents, kept), path: pathText(parents) };
}

function pathNotFound({ kind, path }: Edit, message: string): Refusal {
  return refuse('pathNotFound', message, { edit: kind, path });
}
