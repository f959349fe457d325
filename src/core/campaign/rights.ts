import type { Place } from '../access/area.ts';
import { isSameCaller } from '../access/caller.ts';
import type { Caller } from '../access/caller.ts';
import { denialOf } from '../access/rights.ts';
import type { Act, Denial } from '../access/rights.ts';
import type { Campaign, CampaignSet } from './campaign.ts';
import { setsToUndo } from './undo.ts';

type Of = Pick<Campaign, 'sets'> & { readonly record: Pick<Campaign['record'], 'requestedBy'> };

/**
 * Why the caller may not do something to a campaign. Whoever may do it to every set of it may; before its sets are found
 * only somebody with a role everywhere, or whoever requested it.
 */
export function denialOfCampaign(act: Act, caller: Caller, { record, sets }: Of): Denial | undefined {
  const { requestedBy } = record;
  const everywhere = denialOf(act, caller, { requestedBy });
  if (everywhere === undefined) return undefined;
  const taken = takenOf(sets);
  if (taken.length === 0) return isRequester(caller, requestedBy) ? denialOf(act, caller) : everywhere;
  return deniedOnAny(act, caller, { requestedBy, sets: taken });
}

/** Why the caller may not do something to some of these sets. */
export function deniedOnAny(
  act: Act,
  caller: Caller,
  { requestedBy, sets }: { readonly requestedBy?: string; readonly sets: readonly CampaignSet[] },
): Denial | undefined {
  const by = requestedBy === undefined ? {} : { requestedBy };
  for (const set of sets) {
    const denial = denialOf(act, caller, { ...by, ...placeOf(set) });
    if (denial !== undefined) return denial;
  }
  return undefined;
}

/** Why the caller may not undo it after its end: the rollouts of that are theirs, so they may start them besides. */
export function denialOfUndo(caller: Caller, campaign: Of): Denial | undefined {
  return (
    denialOfCampaign('rollback', caller, campaign) ??
    deniedOnAny('start', caller, { sets: setsToUndo(campaign.sets) })
  );
}

/** Those that it does something to: of what is skipped nobody need be asked. */
export function takenOf(sets: readonly CampaignSet[]): readonly CampaignSet[] {
  return sets.filter(({ phase }) => phase !== 'skipped');
}

/** What of a campaign the caller may read; `undefined` where that is nothing. */
export function readableBy(caller: Caller, { record, sets }: Of): readonly CampaignSet[] | undefined {
  if (denialOf('read', caller, {}) === undefined) return sets;
  const seen = sets.filter((set) => denialOf('read', caller, placeOf(set)) === undefined);
  return seen.length > 0 || isRequester(caller, record.requestedBy) ? seen : undefined;
}

const isRequester = ({ name }: Caller, requestedBy: string): boolean => isSameCaller(name, requestedBy);

const placeOf = ({ scaleSet, tags }: CampaignSet): Place => ({
  scaleSet,
  ...(tags !== undefined && { tags }),
});
