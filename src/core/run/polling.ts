import { takesDown } from '../actions/sequence.ts';
import { ownEndOf } from '../record/operation.ts';
import type { Operation } from '../record/operation.ts';

/** What decides how soon to look at a running operation again. */
export interface PollPace {
  readonly pollSeconds: number;
  /** Whether the change takes instances down: minutes of work, not seconds. */
  readonly disruptive: boolean;
  /** How long an operation may take: none counts as too slow without a look at it. */
  readonly mostSeconds?: number;
  /** All operations of the rollout: those that have ended show how long one takes. */
  readonly history: readonly Operation[];
}

/**
 * An operation should take about as long as those like it. The look comes a little later, when it has probably ended:
 * its guests need more time than that after it, and each look too early costs another one.
 */
const SHARE_OF_USUAL = 1.2;

/** Work on one instance takes about this many poll intervals, until the rollout has seen one (arm-vmss.md 4: 47 to 75 s). */
const USUAL_POLLS = 5.5;

/**
 * When to look at an operation again, milliseconds since the epoch: first when it should have ended, then after a share
 * of the time that it has taken so far. Never before the time that Azure named.
 */
export function pollAt(operation: Operation, pace: PollPace): number {
  const planned = lookAt(operation, usualSeconds(operation, pace), pace);
  const { acceptedAt, intendedAt, polledAt, pollNotBefore } = operation;
  const late = Date.parse(acceptedAt ?? intendedAt) + 1000 * (pace.mostSeconds ?? Number.POSITIVE_INFINITY);
  const isLooked = polledAt !== undefined && Date.parse(polledAt) >= late;
  return isLooked ? planned : Math.max(Date.parse(pollNotBefore ?? intendedAt), Math.min(planned, late));
}

function lookAt(operation: Operation, usual: number | undefined, pace: PollPace): number {
  const { acceptedAt, intendedAt, polledAt, pollNotBefore } = operation;
  const notBefore = Date.parse(pollNotBefore ?? acceptedAt ?? intendedAt);
  const action = operation.action ?? 'upgrade';
  if (operation.kind !== 'upgrade' || !takesDown(action, pace.disruptive)) return notBefore;
  const since = Date.parse(acceptedAt ?? intendedAt);
  if (polledAt === undefined) {
    const guess = USUAL_POLLS * pace.pollSeconds * (1 + Math.log(operation.instances.length) / 3.65);
    return Math.max(notBefore, since + 1000 * SHARE_OF_USUAL * (usual ?? guess));
  }
  const polled = Date.parse(polledAt);
  return Math.max(notBefore, polled + (polled - since) / (usual === undefined ? 3 : 5));
}

/** An operation ends with its slowest instance: so many times as long as one of a single instance usually takes. */
function slownessOf({ instances }: Operation): number {
  return 1 + Math.log(Math.max(1, instances.length)) / 8;
}

/** Where only our own look tells of its end, it was over before. */
const SHARE_OF_SEEN = 0.7;

/** In poll intervals: a look that comes later than this and finds an operation ended does not show how long it took. */
const LATENESS = 0.5;

/**
 * How long the last operation of its kind took, according to Azure, or else to the look that found it ended. A look that
 * came long after it was due counts as if it had been on time: the app was down, or its timers lag, and learning from
 * that would delay the next look even more.
 */
function usualSeconds(operation: Operation, pace: PollPace): number | undefined {
  const { action, direction, key } = operation;
  const forOne = pace.history
    .filter(
      (other) =>
        other.key !== key &&
        other.action === action &&
        other.direction === direction &&
        other.status === 'succeeded',
    )
    .sort((a, b) => ((a.endedAt ?? '') < (b.endedAt ?? '') ? -1 : 1))
    .reduce<number | undefined>((usual, before) => {
      if (before.acceptedAt === undefined || before.endedAt === undefined) return usual;
      const accepted = Date.parse(before.acceptedAt);
      const slowness = slownessOf(before);
      if (before.ranSeconds !== undefined) {
        const took = Math.max(1, (ownEndOf(before) - accepted) / 1000) / slowness;
        // The estimate falls slowly: after one quick operation, the next would be polled too often.
        return Math.max(took, (took + 3 * (usual ?? took)) / 4);
      }
      const expected = usual === undefined ? undefined : usual * slowness;
      const latest = lookAt(before, expected, pace) + 1000 * LATENESS * pace.pollSeconds;
      const seen = Math.min(Date.parse(before.endedAt), latest);
      return (SHARE_OF_SEEN * (seen - accepted)) / 1000 / slowness;
    }, undefined);
  return forOne === undefined ? undefined : forOne * slownessOf(operation);
}

/** Seconds until all of these running operations may be polled: only together do they show anything new. */
export function secondsUntilPoll(running: readonly Operation[], now: number, pace: PollPace): number {
  const times = running.map((operation) => pollAt(operation, pace));
  return Math.max(1, (Math.max(now, ...times) - now) / 1000);
}
