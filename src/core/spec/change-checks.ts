import { contradictions as words } from '../messages/contradictions.ts';
import type { Json } from '../model/model.ts';
import { isObject, isSameStep, leadsToPrototype, parsePath } from '../model/paths.ts';
import type { Step } from '../model/paths.ts';

/** What of a spec's change writes to the model by a path, or by a field of its own. */
interface Change {
  readonly image?: object | undefined;
  readonly vmSize?: string | undefined;
  readonly osProfile?: object | undefined;
  readonly extensions?: readonly { readonly name: string }[] | undefined;
  readonly set?: Readonly<Record<string, Json>> | undefined;
  readonly add?: Readonly<Record<string, Json>> | readonly Addition[] | undefined;
  readonly remove?: readonly string[] | undefined;
}

interface Addition {
  readonly path: string;
  readonly value: Json;
}

/** What is wrong with a change whatever the scale set looks like, by the field of the change. */
export interface ChangeProblem {
  readonly path: readonly string[];
  readonly message: string;
}

interface Written {
  readonly kind: 'set' | 'add' | 'remove';
  readonly path: string;
  readonly value?: Json;
  readonly at: readonly string[];
}

export function changeProblems(change: Change): readonly ChangeProblem[] {
  const written = writtenIn(change);
  return [
    ...written.flatMap((edit) => problemsOf(edit)),
    ...besideFields(written, change),
    ...amongEdits(written),
    ...amongExtensions(change.extensions ?? []),
  ];
}

/** An extension that is named twice, in whatever letters: each would be written over the other. */
function amongExtensions(extensions: readonly { readonly name: string }[]): readonly ChangeProblem[] {
  const names = extensions.map(({ name }) => name.toLowerCase());
  return names.flatMap((name, index) => {
    const former = names.indexOf(name);
    const message = words.beside(`change.extensions.${former}`);
    return former === index ? [] : [{ path: ['extensions', String(index), 'name'], message }];
  });
}

/** Every path that a change writes, with the field that it stands in. */
export function writtenIn({ set = {}, add = {}, remove = [] }: Change): readonly Written[] {
  const added: readonly Written[] = isAdditions(add)
    ? add.map(({ path, value }, index) => ({ kind: 'add', path, value, at: ['add', String(index), 'path'] }))
    : Object.entries(add).map(([path, value]) => ({ kind: 'add', path, value, at: ['add', path] }));
  return [
    ...Object.entries(set).map(([path, value]): Written => ({ kind: 'set', path, value, at: ['set', path] })),
    ...added,
    ...remove.map((path, index): Written => ({ kind: 'remove', path, at: ['remove', String(index)] })),
  ];
}

function isAdditions(add: NonNullable<Change['add']>): add is readonly Addition[] {
  return Array.isArray(add);
}

function problemsOf({ kind, path, value = null, at }: Written): readonly ChangeProblem[] {
  if (leadsToPrototype(path)) return [{ path: at, message: words.prototype }];
  const [first, tag] = parsePath(path) ?? [];
  if (first?.kind !== 'name' || first.name !== 'tags' || kind === 'remove') return [];
  const isOne = tag !== undefined;
  const isFine = isOne
    ? kind === 'set' && isText(value)
    : isObject(value) && Object.values(value).every((item) => isText(item ?? null));
  return isFine ? [] : [{ path: at, message: words.tagIsText }];
}

/** Azure makes text of numbers and booleans; nothing else can be a tag. */
function isText(value: Json): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

const IMAGE = 'virtualMachineProfile.storageProfile.imageReference';

/** The properties that the fields of their own change. */
function fieldsOf({
  image,
  vmSize,
  osProfile = {},
}: Change): readonly (readonly [field: string, path: string])[] {
  return [
    ...(image === undefined
      ? []
      : [['image', 'uri' in image ? 'virtualMachineProfile.storageProfile.osDisk.image' : IMAGE] as const]),
    ...(vmSize === undefined ? [] : [['vmSize', 'sku.name'] as const]),
    ...Object.keys(osProfile).map(
      (name) => [`osProfile.${name}`, `virtualMachineProfile.osProfile.${name}`] as const,
    ),
  ];
}

function besideFields(written: readonly Written[], change: Change): readonly ChangeProblem[] {
  const fields = fieldsOf(change).map(([field, path]) => ({ field, steps: parsePath(path) ?? [] }));
  return written.flatMap(({ path, at }) => {
    const own = parsePath(path) ?? [];
    const other = fields.find(({ steps }) => own.length > 0 && areOneBranch(own, steps));
    return other === undefined ? [] : [{ path: at, message: words.beside(`change.${other.field}`) }];
  });
}

/** A property that is set twice, in whatever spelling, or set and taken away. */
function amongEdits(written: readonly Written[]): readonly ChangeProblem[] {
  return written.flatMap((edit, index) => {
    const own = parsePath(edit.path) ?? [];
    const former = written.slice(0, index).find((other) => {
      const steps = parsePath(other.path) ?? [];
      if (own.length === 0 || steps.length === 0) return false;
      if (edit.kind === 'set' && other.kind === 'set')
        return own.length === steps.length && areOneBranch(own, steps);
      return other.kind === 'set' && edit.kind === 'remove' && areOneBranch(own, steps);
    });
    return former === undefined
      ? []
      : [{ path: edit.at, message: words.beside(`change.${former.at.join('.')}`) }];
  });
}

/** Whether two paths name the same, or one something inside of the other. */
function areOneBranch(a: readonly Step[], b: readonly Step[]): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.every((step, index) => {
    const other = long[index];
    return other !== undefined && isSameStep(step, other, index > 0 && isTags(short[0]));
  });
}

function isTags(step: Step | undefined): boolean {
  return step?.kind === 'name' && step.name === 'tags';
}
