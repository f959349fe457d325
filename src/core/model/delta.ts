import { refuse } from '../messages/refusals.ts';
import type { Refusal } from '../messages/refusals.ts';
import { refused } from '../messages/refused.ts';
import { isMoreDisruptive, mostDisruptive } from './change-class.ts';
import type { ChangeClass } from './change-class.ts';
import { changedPaths, valueAt } from './changed-paths.ts';
import { differences } from './differences.ts';
import { applyEdits } from './edits.ts';
import { meansSame } from './meaning.ts';
import type { Edit } from './edits.ts';
import type { Json, Model } from './model.ts';
import { networksIn } from './networks.ts';
import { parsePath, withValue } from './paths.ts';
import type { Step } from './paths.ts';
import { classOf, propertyAt, saysNothing } from './properties.ts';
import { isUserData, secretIn } from './secrets.ts';
import { checkSecurityType } from './security-type.ts';
import { ruledBy, withWholeImage } from './whole-image.ts';

export const IMAGE_VERSION = 'virtualMachineProfile.storageProfile.imageReference.version';

/** One property before and after; `null` where there is none. */
export interface PropertyChange {
  readonly path: string;
  readonly before: Json;
  readonly after: Json;
  readonly class: ChangeClass;
  /** The extension that it is a setting of: written through its own resource. */
  readonly extension?: string;
  /** Written once and never shown: `after` is only a mark. */
  readonly isSecret?: true;
}

/** Stands where a secret would. */
export const SECRET_MARK = '(secret)';

/** What edits change: every property that is another one afterwards, with its class. */
export function deltaOf(model: Model, edits: readonly Edit[]): readonly PropertyChange[] | Refusal {
  for (const edit of edits) {
    const secret = secretIn(edit.path, edit.kind === 'remove' ? null : edit.value);
    if (secret !== undefined) return writeOnly(`change.${edit.kind}.${edit.path}`, secret, edit.kind);
  }
  const edited = applyEdits(model, withWholeImage(edits));
  if (edited.kind === 'refused') return edited;
  const delta: PropertyChange[] = [];
  for (const path of changedPaths(model, edited.model, edited.paths)) {
    const [before, after] = [valueAt(model, path), valueAt(edited.model, path)];
    // Other letters would be written for nothing, and so would what stands for nothing.
    if (meansSame(path, before, after) || (before === null && saysNothing(path, after))) continue;
    const written = edited.paths.find((own) => own.startsWith(path)) ?? path;
    const changeClass = classOfChange({ path, written }, before, after);
    if (typeof changeClass !== 'string') return changeClass;
    delta.push({ path, before, after, class: changeClass });
  }
  return checkNetworks(model, delta) ?? checkSecurityType(model, edited.model) ?? delta;
}

/** A whole object counts as all that it changes inside; a refusal names what the caller wrote. */
function classOfChange(
  { path, written }: { readonly path: string; readonly written: string },
  before: Json,
  after: Json,
): ChangeClass | Refusal {
  const change = { path, before, after };
  const rules = changedInside(change).map((inside) => ({ inside, ...classOf(ruledBy(inside, change)) }));
  const forbidden = rules.find((rule) => rule.class === 'impossible');
  if (forbidden === undefined) return mostDisruptive(rules.map((rule) => rule.class));
  const isNamed = forbidden.inside === dotted(parsePath(written) ?? []);
  const why = isNamed ? refused.fixedProperty(written) : refused.fixedInside(forbidden.inside, written);
  const { remedy = '' } = forbidden;
  return refuse('fixedProperty', why, { path: written, remedy });
}

/** The properties that a change is one of, in ARM's shape: the path itself, or all that differ inside of it. */
function changedInside({
  path,
  before,
  after,
}: Pick<PropertyChange, 'path' | 'before' | 'after'>): readonly string[] {
  const own = dotted(parsePath(path) ?? []);
  const changed = differences(own, before, after);
  return changed.length === 0 ? [own] : changed;
}

/** Whether something of it is taken into new OS disks only. */
export function needsNewDisk(delta: readonly PropertyChange[]): boolean {
  return delta.some((change) => changedInside(change).some((inside) => propertyAt(inside)?.newDisk === true));
}

/** A scale set stays in the virtual networks that it was made in; other subnets of these are welcome. */
function checkNetworks(model: Model, delta: readonly PropertyChange[]): Refusal | undefined {
  const own = networksIn(model);
  if (own.size === 0) return undefined;
  for (const { path, after } of delta) {
    const changed = withValue(model, parsePath(path) ?? [], after);
    const other = [...networksIn(changed)].find((network) => !own.has(network));
    if (other === undefined) continue;
    return refuse('otherNetwork', refused.otherNetwork(path, other), {
      path,
    });
  }
  return undefined;
}

/** A write-only field cannot be undone, since nobody can read what was there; nor can what this app does not read. */
export function writeOnly(path: string, secret: string, kind: Edit['kind'] = 'set'): Refusal {
  if (isUserData(secret)) return refuse('userData', refused.userData, { path });
  return refuse(kind === 'remove' ? 'secretRemoved' : 'secretInTheOpen', refused.writeOnly(secret), { path });
}

/** A path in ARM's shape without list positions, as the class rules name them. */
function dotted(steps: readonly Step[]): string {
  return steps.flatMap((step) => (step.kind === 'name' ? [step.name] : [])).join('.');
}

export function classOfDelta(delta: readonly PropertyChange[]): ChangeClass {
  return mostDisruptive(delta.map((change) => change.class));
}

/** Whether bringing an instance to the changed model takes it out of service for a while. */
export function isDisruptive(change: ChangeClass): boolean {
  return isMoreDisruptive(change, 'none');
}

/** Without secrets, of which only a mark is known. */
export function readable(delta: readonly PropertyChange[]): readonly PropertyChange[] {
  return delta.filter(({ isSecret }) => isSecret !== true);
}
