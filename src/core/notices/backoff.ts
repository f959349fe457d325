import { createHash } from 'node:crypto';

/** After so many tries in vain, about five hours, a delivery becomes a dead letter. */
export const MOST_TRIES = 12;

const FIRST_SECONDS = 30;
const LONGEST_SECONDS = 3600;

/**
 * How long after a try in vain the next one comes: twice as long each time, and by up to a half less, so that a target
 * that is back is not asked for everything at once. By how much is drawn from what is delivered, and so is the same when
 * it is asked again. A target that names a time is given that, within the longest.
 */
export function secondsAfter(tries: number, delivery: string, asked = 0): number {
  const most = Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** (tries - 1));
  const drawn = createHash('sha256').update(`${delivery} ${tries}`).digest().readUInt32BE() / 2 ** 32;
  return Math.max(Math.min(asked, LONGEST_SECONDS), most * (1 - drawn / 2));
}
