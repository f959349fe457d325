import type { Compute, Read, ScaleSetAddress } from '../../azure/port.ts';
import type { Instance } from '../../core/instance/instances.ts';
import { galleryImageOf, offered } from '../../core/model/gallery.ts';
import { imageOf } from '../../core/model/image.ts';
import type { Model } from '../../core/model/model.ts';
import { locationOf } from '../../core/model/scale-set.ts';
import { asksForVersion, imageAsked } from '../../core/plan/image-change.ts';
import { lagsInSize } from '../../core/plan/lag.ts';
import { makePlan } from '../../core/plan/make-plan.ts';
import type { PlanInput } from '../../core/plan/plan.ts';
import { lackingIn } from '../../core/run/membership.ts';
import type { RolloutSpec } from '../../core/spec/spec.ts';
import type { Undo } from '../../core/undo/undo.ts';
import type { Ports } from '../frame/ports.ts';
import { readEach } from './read-each.ts';
import { readUndo } from './read-undo.ts';
import { readListed, surveyed, unread } from './surveyed.ts';
import type { Survey, SurveyOptions } from './surveyed.ts';

/** Reads what a plan needs and makes the plan; writes nothing. */
export async function survey(
  spec: RolloutSpec,
  { compute, store, clock }: Pick<Ports, 'compute' | 'store' | 'clock'>,
  options: SurveyOptions,
): Promise<Survey> {
  const undone = await readUndo(spec, store);
  if (undone?.kind === 'refused') return undone;
  const listed = await readListed(spec.scaleSet, compute, options);
  if (listed.kind !== 'listed') return listed;
  const { address, model } = listed;
  const instances = await withNamed(listed.instances, namedBy(spec, undone?.undo), address, compute);
  if (instances.kind !== 'ok') return unread(instances);
  const [versions, sizes, image, rollingUpgrade] = await Promise.all([
    versionsFor(spec, model, { address, compute, now: clock.now() }),
    asksForSize(spec) || undoesSize(undone?.undo) || lagsInSize(instances.value, model)
      ? compute.sizes(address)
      : NOT_ASKED,
    imageAskedFor(spec, address, compute),
    // Whatever the policy is: somebody may have started one by hand.
    compute.rollingUpgrade(address),
  ]);
  for (const read of [versions, sizes, rollingUpgrade])
    if (read.kind !== 'ok' && read.kind !== 'missing') return unread(read);
  if (image.kind === 'throttled' || image.kind === 'unreachable' || image.kind === 'denied') return image;

  const plan = makePlan({
    spec,
    model,
    instances: instances.value,
    ...(versions.kind === 'ok' ? versions.value : { versions: [] }),
    hasImage: image.kind === 'ok',
    ...(sizes.kind === 'ok' && sizes.value !== undefined && { sizes: sizes.value }),
    ...(rollingUpgrade.kind === 'ok' && { rollingUpgrade: rollingUpgrade.value }),
    ...(undone !== undefined && { undo: undone.undo }),
    hashes: store.cipher.hashes,
  });
  return surveyed(plan, model, instances.value);
}

function namedBy({ targets }: RolloutSpec, undo: Undo | undefined): readonly string[] {
  return [...(targets.instances ?? []), ...(targets.exclude ?? []), ...(undo?.instances ?? [])];
}

/** So many are asked for one by one. */
const MOST_ASKED = 20;

/** The list, and those of the named instances that it lacks and that their own GET knows. */
async function withNamed(
  listed: readonly Instance[],
  named: readonly string[],
  address: ScaleSetAddress,
  compute: Compute,
): Promise<Read<readonly Instance[]>> {
  const lacking = lackingIn(listed, [...new Set(named)]).slice(0, MOST_ASKED);
  const own = await readEach(compute, address, lacking);
  return own.kind === 'ok' ? { kind: 'ok', value: [...listed, ...own.value.there] } : own;
}

const NOT_ASKED = { kind: 'ok', value: undefined } as const;

interface Asking {
  readonly address: ScaleSetAddress;
  readonly compute: Compute;
  readonly now: number;
}

async function versionsFor(
  { change }: RolloutSpec,
  model: Model,
  { address: { subscriptionId }, compute, now }: Asking,
): Promise<Read<Pick<PlanInput, 'versions' | 'latest'>>> {
  const location = locationOf(model);
  const image = imageOf(model);
  if (image.kind === 'platform') {
    const asked = imageAsked(image, change.image ?? {});
    const read = await compute.imageVersions({ ...asked, subscriptionId, location });
    return read.kind === 'ok' ? { ...read, value: { versions: read.value } } : read;
  }
  const gallery = asksForVersion(change.image) ? galleryImageOf(model) : undefined;
  if (gallery === undefined) return { kind: 'ok', value: { versions: [] } };
  const read = await compute.galleryVersions({ subscriptionId, location, id: gallery.image });
  return read.kind === 'ok' ? { ...read, value: offered(read.value, { location, now }) } : read;
}

function asksForSize({ change }: RolloutSpec): boolean {
  return (
    change.vmSize !== undefined || Object.keys(change.set ?? {}).some((path) => /^sku(?:\.|$)/i.test(path))
  );
}

function undoesSize(undo: Undo | undefined): boolean {
  return undo?.delta.some(({ path }) => path === 'sku.name') === true;
}

async function imageAskedFor(
  { change }: RolloutSpec,
  { subscriptionId }: ScaleSetAddress,
  compute: Compute,
): Promise<Read<unknown>> {
  if (change.image === undefined || !('id' in change.image)) return NOT_ASKED;
  return compute.image(subscriptionId, change.image.id);
}
