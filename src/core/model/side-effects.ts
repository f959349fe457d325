import { valueAt } from './changed-paths.ts';
import type { PropertyChange } from './delta.ts';
import { differences } from './differences.ts';
import { meaningOf, meansSameOrDefault, said } from './meaning.ts';
import type { Json, Model } from './model.ts';
import { isObject, parsePath, pathText, withValue } from './paths.ts';

const IMAGE = 'virtualMachineProfile.storageProfile.imageReference';
const OS_DISK = 'virtualMachineProfile.storageProfile.osDisk';
const SECURITY = 'virtualMachineProfile.securityProfile';
const UEFI = `${SECURITY}.uefiSettings`;

/**
 * What a model shows otherwise than before, beside what is meant to change; each is named as deep as objects go, and a
 * list whole. What the service owns or fills in, and other letters, are no difference.
 */
export function otherChanges(
  before: Model,
  after: Model,
  delta: readonly PropertyChange[],
): readonly PropertyChange[] {
  const [old, next] = [before, after].map((model) => {
    const rest = delta.reduce((left, { path }) => withValue(left, namesOf(path), undefined), model);
    return essence(rest);
  });
  return differences('', old ?? null, next ?? null).map((dotted) => {
    const path = dotted.replace(/^\.(?:properties\.)?/, '');
    return { path, before: valueAt(before, path), after: valueAt(after, path), class: 'none' };
  });
}

/** All that stands otherwise than this rollout has found it and would leave it, by path. */
export function foreignPaths(
  before: Model,
  after: Model,
  delta: readonly PropertyChange[],
): readonly string[] {
  const inside = delta.filter(({ path, isSecret, ...change }) => {
    const actual = valueAt(after, path);
    return (
      isSecret !== true &&
      ![change.before, change.after].some((known) => meansSameOrDefault(path, actual, known))
    );
  });
  return [...inside, ...otherChanges(before, after, delta)].map(({ path }) => path);
}

/**
 * Whether a write of ours is known to move this as well: OS-disk settings beside an image (azure-rest-api-specs#13164),
 * UEFI settings beside a security type (trusted-launch-existing-vmss.md), and a public IP prefix that vanishes from the network profile (arm-vmss.md, corrections).
 */
export function isKnownSideEffect(
  { path, before, after }: PropertyChange,
  delta: readonly PropertyChange[],
): boolean {
  const writesImage = delta.some((own) => own.path === IMAGE || own.path.startsWith(`${IMAGE}.`));
  if (path.startsWith(`${OS_DISK}.`)) return writesImage;
  if (path.startsWith(UEFI)) return delta.some((own) => own.path.startsWith(SECURITY));
  return meansSameOrDefault(path, withoutPrefix(before), withoutPrefix(after)) && !hasPrefix(after);
}

/** What is put back with the model: what the service has changed of what was there. */
export function sideEffectsToRestore(
  sideEffects: readonly PropertyChange[],
  back: readonly PropertyChange[],
): readonly PropertyChange[] {
  return sideEffects
    .filter(({ path, before }) => before !== null && !back.some((own) => isInside(path, own.path)))
    .map((change) => ({ ...change, before: change.after, after: change.before }));
}

/** What of it the service has kept in a rollback. */
export function sideEffectsLeft(
  model: Model,
  sideEffects: readonly PropertyChange[] = [],
): readonly PropertyChange[] {
  return sideEffects.filter(
    ({ path, before }) => before !== null && !meansSameOrDefault(path, valueAt(model, path), before),
  );
}

/** A part's own changes; all of them where it has no others. */
export function withoutSideEffects(
  delta: readonly PropertyChange[],
  sideEffects: readonly PropertyChange[] = [],
): readonly PropertyChange[] {
  const own = delta.filter(({ path }) => !sideEffects.some((change) => change.path === path));
  return own.length === 0 ? delta : own;
}

function isInside(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}.`) || other.startsWith(`${path}.`);
}

function essence({ sku, zones, properties }: Model): Json {
  const { name } = isObject(sku) ? sku : { name: null };
  const whole = { sku: { name: name ?? null }, zones: zones ?? null, properties: properties ?? {} };
  return said(meaningOf(whole, []), []) ?? null;
}

function namesOf(path: string): NonNullable<ReturnType<typeof parsePath>> {
  const steps = parsePath(path) ?? [];
  const list = steps.findIndex(({ kind }) => kind !== 'name');
  return parsePath(pathText(list === -1 ? steps : steps.slice(0, list))) ?? [];
}

function withoutPrefix(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => withoutPrefix(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) =>
      key === 'publicIPPrefix' ? [] : [[key, withoutPrefix(item)]],
    ),
  );
}

function hasPrefix(value: Json): boolean {
  return JSON.stringify(value).includes('"publicIPPrefix"');
}
