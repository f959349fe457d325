import { paths } from '../messages/paths.ts';
import type { Json, Model } from './model.ts';
import {
  isList,
  isObject,
  isSameName,
  isSameTag,
  isWrapped,
  matchesOf,
  pathText,
  stepText,
} from './paths.ts';
import type { Step } from './paths.ts';
import { isKnownPart, nameAt } from './properties.ts';

export type Resolved =
  | {
      readonly kind: 'resolved';
      /** With names as the model has them, and positions counted from the front. */
      readonly steps: readonly Step[];
      /** The value there; absent where only names lead on from what is there. */
      readonly value?: Json;
      /** For an absent one: what az says to whoever needs it to be there. */
      readonly absent?: string;
    }
  | { readonly kind: 'nowhere'; readonly message: string };

/** Follows a path through the model as `az vmss update` does, or says in its words where it leads nowhere. */
export function resolvePath(model: Model, steps: readonly Step[]): Resolved {
  let at: Json = model;
  const done: Step[] = [];
  for (const [depth, step] of steps.entries()) {
    const here: Here = { model, at, done, rest: steps.slice(depth) };
    if (at === null) return notThere(here);
    const next = step.kind === 'name' ? named(here, step.name) : listed(here, step);
    if (next.kind !== 'next') return next;
    done.push(next.step);
    at = next.value;
  }
  return { kind: 'resolved', steps: done, value: at };
}

interface Here {
  readonly model: Model;
  readonly at: Json;
  readonly done: readonly Step[];
  readonly rest: readonly Step[];
}

type Next = { readonly kind: 'next'; readonly step: Step; readonly value: Json } | Resolved;

function named(here: Here, name: string): Next {
  const { at, done } = here;
  if (!isObject(at)) return nowhere(here);
  const holder = done.length > 0 && isWrapped(at, name) ? at['properties'] : at;
  const known = [at, ...(isObject(holder) ? [holder] : [])];
  const key = known.map((object) => keyIn(object, name, isFree(done))).find((found) => found !== undefined);
  if (key === undefined) return notThere(here);
  const value = known.map((object) => object[key]).find((found) => found !== undefined) ?? null;
  return { kind: 'next', step: { kind: 'name', name: key }, value };
}

function keyIn(object: Model, name: string, isExact: boolean): string | undefined {
  if (Object.hasOwn(object, name)) return name;
  const isIt = (key: string): boolean => (isExact ? isSameTag(key, name) : isSameName(key, name));
  return Object.keys(object).find((key) => isIt(key));
}

/** Names of tags are whatever people write; all others are the service's. */
function isFree(done: readonly Step[]): boolean {
  const [first] = done;
  return first?.kind === 'name' && first.name === 'tags';
}

/** A property may be new, and its parents with it, where nothing speaks against its name. */
function notThere(here: Here): Resolved {
  const { at, done } = here;
  const rest = isFree(done) ? here.rest : spelled(done, here.rest);
  const [first] = rest;
  if (first?.kind !== 'name' || rest.some(({ kind }) => kind !== 'name')) return nowhere(here);
  const isTypo =
    isObject(at) &&
    !isFree(done) &&
    Object.keys(at).some((key) => key.toLowerCase() === first.name.toLowerCase());
  // Parents that are not there must at least be known; a name at the very top is judged by what may be changed.
  const isTop = done.length === 1 && rest.length > 1;
  const isPart = pathText(done) === 'virtualMachineProfile';
  const isUnknown = !isFree(done) && (isTop || isPart) && !isKnownPart(armPath([...done, first]));
  if (isTypo || isUnknown) return nowhere(here);
  return { kind: 'resolved', steps: [...done, ...rest], absent: couldNotFind(here) };
}

/** Names as the table of properties writes them: the service would take others, and show its own. */
function spelled(done: readonly Step[], rest: readonly Step[]): readonly Step[] {
  return rest.reduce<readonly Step[]>((steps, step) => {
    const at = armPath([...done, ...steps].filter(({ kind }) => kind === 'name'));
    return [...steps, step.kind === 'name' ? { ...step, name: nameAt(at, step.name) } : step];
  }, []);
}

function armPath(steps: readonly Step[]): string {
  return steps.map((step) => (step.kind === 'name' ? step.name : '')).join('.');
}

function listed(here: Here, step: Exclude<Step, { kind: 'name' }>): Next {
  const { at, done } = here;
  if (!isList(at)) return nowhere(here);
  const [index, ...more] = matchesOf(at, step);
  const list = done.findLast(({ kind }) => kind === 'name');
  const on = list === undefined ? '' : stepText(list);
  if (index === undefined) {
    return step.kind === 'index'
      ? { kind: 'nowhere', message: paths.noIndex(step.index, on) }
      : {
          kind: 'nowhere',
          message: paths.noItem(step.text, step.field, on),
        };
  }
  if (step.kind === 'where' && more.length > 0) {
    return { kind: 'nowhere', message: paths.notUnique(step.field, on) };
  }
  return { kind: 'next', step: step.kind === 'index' ? { ...step, index } : step, value: at[index] ?? null };
}

function nowhere(here: Here): Resolved {
  return { kind: 'nowhere', message: couldNotFind(here) };
}

function couldNotFind({ model, at, done, rest: [step] }: Here): string {
  const parent = pathText(done);
  const wanted = step === undefined ? '' : stepText(step);
  if (isList(at)) return paths.inList(wanted, parent);
  if (!isObject(at)) return paths.noIndexing(wanted, parent);
  const objects = [at, ...(done.length === 1 && parent === '' ? [model] : []), ...inner(at)];
  const options = [...new Set(objects.flatMap((object) => Object.keys(object)))]
    .filter((name) => name !== 'properties')
    .sort();
  return paths.inObject(wanted, parent, options);
}

function inner({ properties }: Model): readonly Model[] {
  return isObject(properties) ? [properties] : [];
}
