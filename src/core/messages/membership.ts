import { countOf, instancesNamed, isOrAre } from './named.ts';

const MOST_NAMED = 10;

/** What is said of instances that a list lacks. */
export const membership = {
  lacking: (ids: readonly string[], listed: number, members: number) =>
    `Azure lists ${listed} of ${countOf(members)} just now, without ${someNamed(ids)}; reading the list again`,
  askedFor: (ids: readonly string[]) =>
    `${someNamed(ids)} ${isOrAre(ids)} still missing from Azure's list; reading each one separately`,
  gone: (ids: readonly string[]) =>
    `${someNamed(ids)} ${isOrAre(ids)} gone: Azure no longer knows ${ids.length === 1 ? 'it' : 'them'}`,
  fewerThanCapacity: (listed: number, capacity: number) =>
    `Azure lists ${listed} of ${countOf(capacity)} just now; reading the list again`,
  withoutStates: (ids: readonly string[]) =>
    `Azure lists ${someNamed(ids)} without their states just now; reading the list again`,
  notAllListed: (listed: number, capacity: number) =>
    `Azure lists ${listed} of ${countOf(capacity)}; the plan covers those, and whichever appears later joins the end`,
  noneListed: (capacity: number) =>
    `Azure lists 0 of ${countOf(capacity)} just now, which cannot be right: try again`,
  reached: (done: number, total: number, gone: number) =>
    gone === 0 ? `${done} of ${total} instances` : `${done} of ${total} instances, ${gone} gone`,
  lastLook: 'checking every instance one last time; views may still lag',
  shownOtherwise: (ids: readonly string[]) =>
    `the last check shows a different image than was rolled out: ${someNamed(ids)}`,
  notOnTarget: (image: string, wanted: string) => `runs ${image} at the last check, not ${wanted}`,
} as const;

function someNamed(ids: readonly string[]): string {
  const more = ids.length - MOST_NAMED;
  return more <= 0 ? instancesNamed(ids) : `${instancesNamed(ids.slice(0, MOST_NAMED))} and ${more} more`;
}
