import { countOf, instancesNamed, isOrAre } from './named.ts';

const MOST_NAMED = 10;

/** What is said of instances that a list lacks. */
export const membership = {
  lacking: (ids: readonly string[], listed: number, members: number) =>
    `Azure lists ${listed} of ${countOf(members)} just now, without ${someNamed(ids)}: reads the list again`,
  askedFor: (ids: readonly string[]) =>
    `${someNamed(ids)} ${isOrAre(ids)} still missing from Azure's list: asks for each by itself`,
  gone: (ids: readonly string[]) =>
    `${someNamed(ids)} ${isOrAre(ids)} gone: Azure no longer knows ${ids.length === 1 ? 'it' : 'them'}`,
  fewerThanCapacity: (listed: number, capacity: number) =>
    `Azure lists ${listed} of ${countOf(capacity)} just now: reads the list again`,
  notAllListed: (listed: number, capacity: number) =>
    `Azure lists ${listed} of ${countOf(capacity)}; the plan covers those, and whichever appears later joins the end`,
  noneListed: (capacity: number) =>
    `Azure lists 0 of ${countOf(capacity)} just now, which cannot be right: ask again`,
  reached: (done: number, total: number, gone: number) =>
    gone === 0 ? `${done} of ${total} instances` : `${done} of ${total} instances, ${gone} gone`,
  lastLook: 'takes a last look at every instance, whose views may still lag',
  shownOtherwise: (ids: readonly string[]) =>
    `the last look shows another image than was rolled out: ${someNamed(ids)}`,
  notOnTarget: (image: string, wanted: string) => `runs ${image} at the last look, not ${wanted}`,
} as const;

function someNamed(ids: readonly string[]): string {
  const more = ids.length - MOST_NAMED;
  return more <= 0 ? instancesNamed(ids) : `${instancesNamed(ids.slice(0, MOST_NAMED))} and ${more} more`;
}
