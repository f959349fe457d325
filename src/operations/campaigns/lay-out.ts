import type { Ports } from '../../activities/frame/ports.ts';
import { formatScaleSetId, parseScaleSetId } from '../../azure/address.ts';
import type { ListedScaleSet, Read } from '../../azure/port.ts';
import type { CampaignSet } from '../../core/campaign/campaign.ts';
import { membersOf } from '../../core/campaign/members.ts';
import type { ListedSet } from '../../core/campaign/members.ts';
import { imagesToPin, newestEverywhere } from '../../core/campaign/pin.ts';
import type { CampaignRefusal } from '../../core/campaign/pin.ts';
import type { CampaignSpec } from '../../core/campaign/spec.ts';
import { azure } from '../../core/messages/azure.ts';
import { campaigns as words } from '../../core/messages/campaigns.ts';
import { imageOf } from '../../core/model/image.ts';
import type { Model } from '../../core/model/model.ts';
import { isObject } from '../../core/model/paths.ts';
import { tagsRead } from '../../core/access/policy.ts';
import type { Policy } from '../../core/access/policy.ts';
import { scaleSetKey } from '../../core/spec/spec.ts';
import { readPolicy } from '../../store/policy.ts';
import { listScaleSets } from '../read-scale-sets.ts';

const MOST_SETS = 1000;

/** Reads side by side. */
const AT_ONCE = 8;

/** Which sets a campaign takes in which stage, and which version all of them get. */
export type LaidOut =
  | { readonly kind: 'laidOut'; readonly sets: readonly CampaignSet[]; readonly version?: string }
  | { readonly kind: 'later'; readonly seconds: number; readonly why: string }
  | CampaignRefusal;

type Later = Extract<LaidOut, { kind: 'later' }>;

/** Finds the sets of a campaign in Azure; reads only. */
export async function layOut(spec: CampaignSpec, ports: Ports): Promise<LaidOut> {
  const listed = await listScaleSets(ports);
  if (listed.kind !== 'ok') return later(listed);
  const named = await readNamed(spec, listed.value.found, ports);
  if ('kind' in named) return named;
  const models = [...listed.value.found, ...named.found];
  const { missing } = named;
  const { policy } = await readPolicy(ports.store);
  const listedSets = models.map((one) => listedSet(one));
  const sets = withTags(membersOf(spec, { listed: listedSets, missing }), listedSets, policy);
  const refusal = refusalOf(spec, sets);
  if (refusal !== undefined) return refusal;
  const pinned = await pin(spec, { sets, models }, ports);
  return 'kind' in pinned ? pinned : { kind: 'laidOut', sets, ...pinned };
}

/** Only the tags that the policy reads are kept: those of a thousand sets might be megabytes. */
function withTags(
  sets: readonly CampaignSet[],
  listed: readonly ListedSet[],
  policy: Policy,
): readonly CampaignSet[] {
  const shown = new Map(listed.map(({ scaleSet, tags }) => [scaleSetKey(scaleSet), tags]));
  return sets.map((set) => {
    const names = tagsRead(policy, set.scaleSet);
    if (names.length === 0) return set;
    const known = Object.entries(shown.get(scaleSetKey(set.scaleSet)) ?? {});
    const read = known.map(([name, value]) => [name.toLowerCase(), value] as const);
    return { ...set, tags: Object.fromEntries(read.filter(([name]) => names.includes(name))) };
  });
}

/** What only its list knows is looked up for sets that no list shows: they may be gone, or the app may not list them. */
async function readNamed(
  { stages }: CampaignSpec,
  found: readonly ListedScaleSet[],
  { compute }: Ports,
): Promise<Later | { readonly found: readonly ListedScaleSet[]; readonly missing: readonly string[] }> {
  const known = new Set(found.map(({ address }) => scaleSetKey(formatScaleSetId(address))));
  const all = stages.flatMap(({ groups }) => groups.flatMap(({ scaleSets = [] }) => scaleSets));
  const unknown = [...new Map(all.map((id) => [scaleSetKey(id), id])).values()].filter(
    (id) => !known.has(scaleSetKey(id)),
  );
  const more: ListedScaleSet[] = [];
  const missing: string[] = [];
  for (let from = 0; from < unknown.length; from += AT_ONCE) {
    const reads = await Promise.all(
      unknown.slice(from, from + AT_ONCE).map(async (id) => {
        const address = parseScaleSetId(id);
        return { id, address, read: address && (await compute.scaleSet(address)) };
      }),
    );
    for (const { id, address, read } of reads) {
      if (read?.kind === 'missing') missing.push(id);
      else if (read?.kind === 'throttled' || read?.kind === 'unreachable') return later(read);
      else if (read?.kind === 'ok' && address !== undefined) more.push({ address, model: read.value.model });
    }
  }
  return { found: more, missing };
}

function refusalOf({ stages }: CampaignSpec, sets: readonly CampaignSet[]): CampaignRefusal | undefined {
  const refuse = (code: string, message: string, remedy: string) =>
    ({ kind: 'refused', code, message, remedy }) as const;
  if (sets.length === 0) return refuse('noScaleSets', words.nothingFound, words.nothingFoundRemedy);
  if (sets.length > MOST_SETS)
    return refuse('tooManyScaleSets', words.tooMany(sets.length, MOST_SETS), words.tooManyRemedy);
  const empty = stages.find((_, index) =>
    sets.every(({ stage, phase }) => stage !== index || phase === 'skipped'),
  );
  return empty && refuse('stageEmpty', words.stageEmpty(empty.name), words.stageEmptyRemedy);
}

interface Found {
  readonly sets: readonly CampaignSet[];
  readonly models: readonly ListedScaleSet[];
}

async function pin(
  spec: CampaignSpec,
  { sets, models }: Found,
  { compute }: Ports,
): Promise<Later | CampaignRefusal | { readonly version?: string }> {
  const taken = new Set(
    sets.filter(({ phase }) => phase === 'pending').map((set) => scaleSetKey(set.scaleSet)),
  );
  const meant = models.filter(({ address }) => taken.has(scaleSetKey(formatScaleSetId(address))));
  const subscriptionId = meant[0]?.address.subscriptionId ?? '';
  const images = imagesToPin(
    spec,
    meant.map(({ model }) => ({ image: imageOf(model), location: textOf(model['location']) })),
  );
  if ('kind' in images) return images;
  const lists: (readonly string[])[] = [];
  for (const image of images) {
    const read = await compute.imageVersions({ subscriptionId, ...image });
    if (read.kind !== 'ok') return later(read);
    lists.push(read.value);
  }
  const version = newestEverywhere(lists);
  if (typeof version === 'object') return version;
  return version === undefined ? {} : { version };
}

function later(read: Exclude<Read<unknown>, { readonly kind: 'ok' }>): Later {
  const seconds = 'retryAfterSeconds' in read ? (read.retryAfterSeconds ?? 30) : 30;
  const why =
    read.kind === 'throttled'
      ? azure.readsThrottled
      : read.kind === 'unreachable'
        ? read.message
        : azure.readDenied(read.code, read.message);
  return { kind: 'later', seconds, why: words.waitsForAzure(why) };
}

function listedSet({ address, model }: ListedScaleSet): ListedSet {
  const { properties, tags, sku } = model;
  const texts = isObject(tags) ? Object.entries(tags) : [];
  return {
    scaleSet: formatScaleSetId(address),
    subscriptionId: address.subscriptionId,
    resourceGroup: address.resourceGroup,
    tags: Object.fromEntries(texts.map(([name, value]) => [name, textOf(value)])),
    isFlexible: modeOf(properties) === 'flexible',
    location: textOf(model['location']),
    capacity: capacityOf(sku),
  };
}

function modeOf(properties: Model[string] | undefined): string {
  return isObject(properties) ? textOf(properties['orchestrationMode']).toLowerCase() : '';
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function capacityOf(sku: Model[string] | undefined): number {
  const capacity = isObject(sku) ? sku['capacity'] : undefined;
  return typeof capacity === 'number' && capacity > 0 ? Math.floor(capacity) : 0;
}
