/**
 * Every number that says whether a write may still be on its way, in one place: docs/DESIGN.md has the table. What is
 * sent twice is sent because one of these was taken for larger or smaller than it is.
 */

/** A pass of the last look holds so long: whoever stood still longer between look and request sends nothing. */
export const PASS_SECONDS = 5;

/** The last look begins no later after the intent was written; later than that the intent is taken back. */
export const INTENT_SECONDS = 10;

/**
 * A batch that takes several writes sends them one right after the other: so long what was seen of the instances before
 * the first is as true for the next, less those that are under way by the ledger. Views are older than this anyway.
 */
export const GLANCE_SECONDS = 10;

/**
 * While batches slide over a list of several pages, an instance that nobody works on counts as serving for so long after
 * it was seen to: the service grants a list of ten pages once a minute.
 */
export const VIEW_SECONDS = 75;

/** When what a dead process had under way is delivered again: the visibility timeouts in host.json. */
export const REDELIVERY_SECONDS = 60;

/** The host ends an activity that takes longer: `functionTimeout` in host.json. */
export const ACTIVITY_SECONDS = 300;

/** What the settings say of the service. */
export interface ServiceTimes {
  /** When a request without an answer is given up. */
  readonly requestTimeoutSeconds: number;
  /** How long the service's views may show what was. */
  readonly viewLagSeconds: number;
}

/** From the intent to the last moment at which its request may reach the service. */
export function flightSeconds({
  requestTimeoutSeconds,
}: Pick<ServiceTimes, 'requestTimeoutSeconds'>): number {
  return INTENT_SECONDS + PASS_SECONDS + requestTimeoutSeconds;
}

/** From the intent until a write that shows nowhere has never arrived. */
export function lostWriteSeconds(times: ServiceTimes): number {
  // fence I12: a lost write is counted from the last moment at which it may have been sent
  return flightSeconds(times) + times.viewLagSeconds;
}

/**
 * The longest request time-out that a step can do with: it reads, writes, and must have written down what came of it
 * before the host ends it.
 */
export const LONGEST_REQUEST_SECONDS = Math.floor((ACTIVITY_SECONDS - INTENT_SECONDS - PASS_SECONDS) / 2);

/** Whether another step fits into an activity that has run for so long already, in seconds. */
export function hasTimeLeft(
  elapsed: number,
  { requestTimeoutSeconds }: Pick<ServiceTimes, 'requestTimeoutSeconds'>,
): boolean {
  return elapsed + 2 * requestTimeoutSeconds + INTENT_SECONDS + PASS_SECONDS <= ACTIVITY_SECONDS;
}

/** Whether all that must hold of these times does. */
export function timesHold({ requestTimeoutSeconds }: Pick<ServiceTimes, 'requestTimeoutSeconds'>): boolean {
  return (
    requestTimeoutSeconds <= LONGEST_REQUEST_SECONDS && INTENT_SECONDS + PASS_SECONDS <= REDELIVERY_SECONDS
  );
}
