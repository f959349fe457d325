import {
  lateOf,
  secondsUntilFirstStable,
  secondsUntilLate,
  secondsUntilStable,
} from '../../core/health/settle-times.ts';
import type { Observation } from '../../core/health/observation.ts';
import { startLeft } from '../../core/health/start-left.ts';
import type { Instance } from '../../core/instance/instances.ts';
import { waits } from '../../core/messages/waits.ts';
import { countRows, isUnderWay } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { Phase } from '../../core/record/phase.ts';
import { withBatch } from '../../core/record/progress.ts';
import type { WaitingFor } from '../../core/record/rollout.ts';
import type { Answer } from '../../core/run/answer.ts';
import { patience } from '../../core/run/patience.ts';
import type { Step } from '../frame/step.ts';
import { wait } from '../frame/wait.ts';
import { observe } from './judge-rows.ts';
import { asksEach } from './read-open.ts';
import { pagesOf } from './reads.ts';

/** What a look at a batch has shown. */
interface Sight {
  readonly rows: readonly LedgerRow[];
  readonly ledger: readonly LedgerRow[];
  readonly instances: readonly Instance[];
}

/** Each look at stragglers is a round of the workflow: the longer they take, the fewer. */
const SHARE_EACH = 0.7;

/** Sleeps until the next look may show something new; `open` are writes without an answer. */
export async function waitForHealth(step: Step, sight: Sight, open: readonly Operation[]): Promise<Answer> {
  const { record, now, batch } = step;
  const { rows, ledger } = sight;
  const observation = observe(step, rows);
  const late = lateOf(rows);
  const isEach = asksEach(step, late.length);
  const underWay = rows.filter((row) => isUnderWay(row)).map(({ instanceId }) => instanceId);
  const ids = underWay.length > 0 ? underWay : open.flatMap(({ instances }) => instances);
  const isDear = pagesOf(step) > 1 && !isEach;
  const worthIt = isDear ? secondsUntilWorthIt(step, rows, observation) : undefined;
  const isLarge = pagesOf(step) > 1;
  const left =
    startLeft(unwellOf(sight), step.pace.pollSeconds) - (isEach && isLarge ? step.pace.pollSeconds / 2 : 0);
  const least = Math.max(looksApart(step), worthIt ?? 0, left);
  const pause = patience(sinceFirstLook(step, rows, isDear), 'health', {
    now,
    least,
    most: 60,
    ...(isEach && isLarge && { share: SHARE_EACH }),
  });
  return wait(step, {
    seconds: secondsUntilStable(rows, observation) ?? Math.min(pause, secondsUntilLate(rows, observation)),
    phase: phaseOf(step),
    waitingFor: { kind: 'health', batch, message: waits.health(ids, wordsOf(step, ids)) },
    changes: {
      counts: countRows(ledger),
      ...(step.direction === 'forward' && {
        batches: withBatch(record.batches, batch, { phase: 'settling' }),
      }),
    },
  });
}

/** In poll intervals: after this most of those that a look has not shown well may be. */
const MOST_WELL = 2;

/**
 * A look at a large scale set costs many requests. It waits until some instances may be done, or until so few are left
 * that they are asked for one by one.
 */
function secondsUntilWorthIt(
  step: Step,
  rows: readonly LedgerRow[],
  observation: Observation,
): number | undefined {
  const stable = secondsUntilFirstStable(rows, observation);
  if (stable === undefined || lateOf(rows).length === 0) return stable;
  return Math.min(stable, MOST_WELL * step.pace.pollSeconds);
}

/** Those of the batch that were not well at this look. */
function unwellOf({ rows, instances }: Sight): readonly Instance[] {
  const unwell = new Set(
    rows
      .filter((row) => isUnderWay(row) && row.healthySince === undefined)
      .map(({ instanceId }) => instanceId),
  );
  return instances.filter(({ instanceId }) => unwell.has(instanceId));
}

/** Where a look takes one request, the first ones follow closely: the batch ends with what they see. */
function looksApart(step: Step): number {
  const { pollSeconds } = step.pace;
  return pagesOf(step) > 1 ? pollSeconds : pollSeconds / 2;
}

/**
 * Until the first look was due nobody expected them to be well: that time makes no look rarer. The deadline of each
 * instance counts from its first look.
 */
function sinceFirstLook(
  { record, now }: Step,
  rows: readonly LedgerRow[],
  isDear: boolean,
): WaitingFor | undefined {
  const { waitingFor, spec, clock } = record;
  // A look at all of a large set costs too much for that.
  if (isDear) return waitingFor;
  const deadlines = rows.flatMap(({ state, healthyBySeconds }) =>
    state === 'settling' && healthyBySeconds !== undefined ? [healthyBySeconds] : [],
  );
  if (waitingFor === undefined || deadlines.length === 0) return waitingFor;
  const passed = clock.seconds - (Math.min(...deadlines) - spec.health.timeoutSeconds);
  const first = new Date(now - Math.max(0, passed) * 1000).toISOString();
  return first > waitingFor.since ? { ...waitingFor, since: first } : waitingFor;
}

/** The status stays one sentence. */
const MOST_WORDS = 3;

/** Unknown words that some instances show. */
function wordsOf({ words }: Step, ids: readonly string[]): readonly string[] {
  const theirs = [...words.values()].filter(({ instances = [] }) => instances.some((id) => ids.includes(id)));
  return theirs.map(({ word }) => word).slice(0, MOST_WORDS);
}

/** What a batch is in while its instances are to get well. */
export function phaseOf({ direction }: Step): Phase {
  return direction === 'rollback' ? 'rollingBack' : 'settling';
}
