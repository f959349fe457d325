import { campaigns as words } from '../messages/campaigns.ts';
import { scaleSetKey } from '../spec/spec.ts';
import type { CampaignSet } from './campaign.ts';
import type { CampaignSpec, GroupSpec } from './spec.ts';

/** A scale set as a list of Azure's shows it. */
export interface ListedSet {
  readonly scaleSet: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly isFlexible: boolean;
  readonly location: string;
  readonly capacity: number;
}

/** What is known of the sets that the app may see, and which named ones are surely not there. */
export interface Inventory {
  readonly listed: readonly ListedSet[];
  readonly missing: readonly string[];
}

/** The sets of a campaign, each in the first group that means it; those that it cannot take are skipped by name. */
export function membersOf(spec: CampaignSpec, { listed, missing }: Inventory): readonly CampaignSet[] {
  const members = new Map<string, CampaignSet>();
  const excluded = new Set(spec.exclude?.map((id) => scaleSetKey(id)));
  const absent = new Set(missing.map((id) => scaleSetKey(id)));
  const byKey = new Map(listed.map((one) => [scaleSetKey(one.scaleSet), one]));
  const add = (scaleSet: string, stage: number, group: number): void => {
    const key = scaleSetKey(scaleSet);
    if (members.has(key)) return;
    const known = byKey.get(key);
    const why = excluded.has(key)
      ? { code: 'excluded', message: words.excluded }
      : absent.has(key)
        ? { code: 'scaleSetNotFound', message: words.missing }
        : known?.isFlexible === true
          ? { code: 'notOnFlexible', message: words.flexible }
          : undefined;
    const phase = why === undefined ? ('pending' as const) : ('skipped' as const);
    const shown = known === undefined ? {} : { location: known.location, capacity: known.capacity };
    const set = { scaleSet: known?.scaleSet ?? scaleSet, ...shown, stage, group };
    members.set(key, { ...set, phase, attempt: 0, ...why });
  };
  for (const [stage, { groups }] of spec.stages.entries()) {
    for (const [index, group] of groups.entries()) {
      for (const scaleSet of group.scaleSets ?? []) add(scaleSet, stage, index);
      const found = listed.filter((one) => isFound(group, one)).map((one) => one.scaleSet);
      for (const scaleSet of found.toSorted()) add(scaleSet, stage, index);
    }
  }
  return [...members.values()].toSorted((a, b) => a.stage - b.stage);
}

/** Whether a search of the group finds it; a group that only names its sets searches nothing. */
function isFound({ resourceGroups, subscriptions, tags }: GroupSpec, set: ListedSet): boolean {
  if (resourceGroups === undefined && subscriptions === undefined && tags === undefined) return false;
  const home = `/subscriptions/${set.subscriptionId}/resourceGroups/${set.resourceGroup}`.toLowerCase();
  const isInGroup = resourceGroups?.some((one) => one.toLowerCase() === home) ?? false;
  const isInSubscription =
    subscriptions?.some((one) => one.toLowerCase() === set.subscriptionId.toLowerCase()) ?? false;
  const isAnywhere = resourceGroups === undefined && subscriptions === undefined;
  return (isAnywhere || isInGroup || isInSubscription) && hasTags(set.tags, tags ?? {});
}

/** Names of tags have no case, their values do. */
function hasTags(has: ListedSet['tags'], wanted: Readonly<Record<string, string>>): boolean {
  const known = new Map(Object.entries(has).map(([name, value]) => [name.toLowerCase(), value]));
  return Object.entries(wanted).every(([name, value]) => known.get(name.toLowerCase()) === value);
}
