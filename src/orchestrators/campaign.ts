import type { OrchestrationContext, Task } from 'durable-functions';
import { CAMPAIGN_STEPS } from '../core/campaign/steps.ts';
import type { Act } from '../core/campaign/turn.ts';
import { sleep } from './sleep.ts';
import { RUNBOOK_VERSION, versionOf } from './version.ts';

interface Answer {
  readonly kind: 'acts' | 'wait' | 'over' | 'foreign';
  readonly phase?: string;
  readonly seconds?: number;
  readonly acts?: readonly Act[];
}

/**
 * Events of one generation's history. A turn has at most nine of its own, and each act at most five: the last turn of
 * a generation ends below a thousand.
 */
const MOST_EVENTS = 700;
const EVENTS_OF_TURN = 9;
const EVENTS_OF_ACT = 5;

/** Acts that could not be done, for example since the store does not answer, are done again after this time. */
const PAUSE_AFTER_ACTS_SECONDS = 10;

/** However much there is to do, the workflow rests after so many turns. */
const MOST_TURNS = 20;

const LONGEST_PAUSE_AFTER_FAULT_SECONDS = 60;

/**
 * Takes one change over many scale sets, stage by stage. Each turn decides in one activity, does what was decided in
 * short ones side by side, and sleeps where there is nothing to do. The rollouts run by themselves.
 */
export function* campaign(context: OrchestrationContext): Generator<Task, void> {
  const { df: durable } = context;
  const input = inputOf(context);
  if (input === undefined) return;
  const { campaign: id } = input;
  versionOf(context, input.version);
  let results: readonly unknown[] = [];
  let faults = 0;
  let turns = 0;
  for (let events = 0; events < MOST_EVENTS; events += EVENTS_OF_TURN) {
    const answer = yield* advance(context, { campaign: id, results });
    results = [];
    if (answer === undefined) {
      faults += 1;
      yield* sleep(context, Math.min(2 ** faults, LONGEST_PAUSE_AFTER_FAULT_SECONDS));
      continue;
    }
    faults = 0;
    if (answer.phase !== undefined) durable.setCustomStatus({ phase: answer.phase });
    if (answer.kind === 'over' || answer.kind === 'foreign') return;
    const { acts = [], seconds = 0 } = answer;
    events += acts.length * EVENTS_OF_ACT;
    if (answer.kind === 'acts') {
      results = yield* actAll(context, id, acts);
      turns += 1;
      if (results.length === 0 || turns % MOST_TURNS === 0) yield* sleep(context, PAUSE_AFTER_ACTS_SECONDS);
    } else if (seconds > 0) yield* sleep(context, seconds);
  }
  // What the last acts have led to is found again by their keys.
  durable.continueAsNew({ campaign: id, version: RUNBOOK_VERSION });
}

function* advance(context: OrchestrationContext, input: object): Generator<Task, Answer | undefined> {
  try {
    return (yield context.df.callActivity(CAMPAIGN_STEPS.advance, input)) as Answer;
  } catch {
    // The host has logged the error; the turn is taken again.
    return undefined;
  }
}

function* actAll(
  { df: durable }: OrchestrationContext,
  id: string,
  acts: readonly Act[],
): Generator<Task, readonly unknown[]> {
  const tasks = acts.map((one) => durable.callActivity(CAMPAIGN_STEPS.forOne, { campaign: id, ...one }));
  try {
    const results = (yield durable.Task.all(tasks)) as readonly { readonly kind: string }[];
    return results.filter(({ kind }) => kind !== 'again');
  } catch {
    // Those that were done are found again by their keys.
    return [];
  }
}

/** Anybody with access to the host's own API can start a workflow with any input. */
function inputOf({
  df: durable,
}: OrchestrationContext): { readonly campaign: string; readonly version?: number } | undefined {
  const input: unknown = durable.getInput();
  if (typeof input !== 'object' || input === null || !('campaign' in input)) return undefined;
  const { campaign: id, version } = input as { campaign: unknown; version?: unknown };
  // A workflow that was started under another id than its campaign's does nothing
  if (typeof id !== 'string' || id !== durable.instanceId) return undefined;
  return { campaign: id, ...(typeof version === 'number' && { version }) };
}
