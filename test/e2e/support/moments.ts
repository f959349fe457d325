import { setTimeout as delay } from 'node:timers/promises';
import type { Service } from '../../../local/platform/demo/service.ts';
import type { LogEntry } from '../../../local/simulator/log/entries.ts';
import { accepted } from './judge.ts';

/** When the host dies: at a point of the rollout that the simulator's log shows, and some time after it. */
export interface Moment {
  readonly name: string;
  /** Given to the simulator beforehand. */
  readonly fault?: object;
  /** Whether it has come: told by the log since the last kill, and by that of the whole rollout. */
  readonly hasCome: (since: readonly LogEntry[], rollout: readonly LogEntry[]) => boolean;
  readonly afterMilliseconds: number;
  /** How long the window stands open; a kill that came later than that would prove nothing. */
  readonly windowMilliseconds?: number;
}

export type Draw = (below: number) => number;

/** Longer than it takes to see the acceptance and to kill; shorter than the app waits for an answer. */
const DELAY_MILLISECONDS = 3500;

/** Planning is held up, or a quick machine would have written the model before the host dies. */
export function whileStarting(draw: Draw): Moment {
  return {
    name: 'while it is being started',
    fault: { kind: 'delayedAnswer', operation: 'getScaleSet', delayMilliseconds: DELAY_MILLISECONDS },
    hasCome: () => true,
    afterMilliseconds: draw(400),
  };
}

/** The service has taken the write and the app does not know it: neither answer nor record exists. */
export function acceptedUnrecorded(operation: 'patch' | 'manualupgrade', draw: Draw): Moment {
  return {
    name: `${operation} accepted, its answer under way`,
    fault: { kind: 'delayedAnswer', operation, delayMilliseconds: DELAY_MILLISECONDS },
    hasCome: (since) => accepted(since, operation).length > 0,
    afterMilliseconds: draw(400),
    windowMilliseconds: DELAY_MILLISECONDS,
  };
}

export function whileOperationRuns(draw: Draw): Moment {
  return {
    name: 'while an upgrade runs',
    hasCome: (since) => accepted(since, 'manualupgrade').length > 0,
    afterMilliseconds: draw(1500),
  };
}

export function afterOperation(operation: 'patch' | 'manualupgrade', draw: Draw): Moment {
  return {
    name: `after a ${operation} has ended`,
    hasCome: (since) =>
      since.some(
        (entry) =>
          entry.kind === 'operation' && entry.operation === operation && entry.status !== 'InProgress',
      ),
    afterMilliseconds: draw(1500),
  };
}

export function justAfterRestart(draw: Draw): Moment {
  return { name: 'just after a restart', hasCome: () => true, afterMilliseconds: draw(600) };
}

/** The same moment, but only from where the rollout writes the model back. */
export function onTheWayBack(moment: Moment): Moment {
  return {
    ...moment,
    name: `going back: ${moment.name}`,
    hasCome(since, rollout) {
      const [, turn] = accepted(rollout, 'patch');
      if (turn === undefined) return false;
      const sinceTurn = since.filter(({ sequence }) => sequence >= turn.sequence);
      return moment.hasCome(sinceTurn, rollout);
    },
  };
}

const LOOK_MILLISECONDS = 40;
/** Enough for what a kill held up: messages that were taken come back after a minute. */
const PATIENCE_MILLISECONDS = 240_000;

/**
 * Waits until the moment has come and its time after that is over; answers with the last look at which it had not
 * come. `before` is where the rollout begins in the log, `since` where the last kill was.
 */
export async function untilMoment(
  moment: Moment,
  service: Service,
  { before, since }: { readonly before: number; readonly since: number },
): Promise<number> {
  let lookedAt = performance.now();
  for (const end = lookedAt + PATIENCE_MILLISECONDS; ; await delay(LOOK_MILLISECONDS)) {
    const earlier = lookedAt;
    lookedAt = performance.now();
    const log = await service.log();
    if (moment.hasCome(log.slice(since), log.slice(before))) {
      await delay(moment.afterMilliseconds);
      return earlier;
    }
    if (lookedAt > end) throw new Error(`never came: ${moment.name}`);
  }
}
