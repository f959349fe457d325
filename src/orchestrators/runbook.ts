import type { OrchestrationContext, Task } from 'durable-functions';
import type { StepDefinition } from '../activities/define-step.ts';
import type { StepInput, Turn } from '../activities/frame/input.ts';
import type { Answer } from '../core/run/answer.ts';
import { sleep } from './sleep.ts';
import { RUNBOOK_VERSION, SHARES_ACTIVITIES, versionOf } from './version.ts';

export interface RolloutInput {
  readonly rollout: string;
  /** Where a new generation of the workflow continues. */
  readonly batch?: number;
  /** The order of steps that a new generation follows: `version.ts`. */
  readonly version?: number;
}

export type Done = Extract<Answer, { kind: 'done' }>;
export type Again = Extract<Answer, { kind: 'again' }>;

/** A step of the runbook and the batch that it is done for. */
export interface Due {
  readonly step: StepDefinition;
  readonly batch: number;
}

/** Thrown when a rollout is redirected, so that nothing more is done in the old direction. */
class Redirected extends Error {
  override readonly name = 'Redirected';
  readonly direction: 'rollback' | 'stop';

  constructor(direction: 'rollback' | 'stop') {
    super(`the rollout was redirected: ${direction}`);
    this.direction = direction;
  }
}

/** Thrown when the workflow belongs to no rollout, so that it ends. */
class Foreign extends Error {
  override readonly name = 'Foreign';
}

/** What comes after a step that is done and leaves nothing to decide. */
export interface Following {
  readonly due: readonly Due[];
  /** Only if there are as many batches as this. */
  readonly batches?: number;
}

const NOTHING: Following = { due: [] };

/** So many steps may follow one at once: from the last look at a batch to the first at the next one are five. */
const MOST_AT_ONCE = 5;

/** Rounds of one generation: with at most nine events each, its history stays below a thousand. */
const MOST_ROUNDS = 100;

/** After this many rounds a new generation starts with the next batch; within a batch it would repeat that batch's steps. */
const ROUNDS = 70;

const LONGEST_PAUSE_AFTER_FAULT_SECONDS = 60;

/** The workflow's side of the runbook: runs steps, sleeps between them, and starts a new generation in time. */
export class Runbook {
  readonly #context: OrchestrationContext;
  readonly #rollout: string;
  /** Fixed for a whole generation; a changed runbook checks it to know which order to follow. */
  readonly version: number;
  #rounds = 0;
  #batch: number | undefined;
  /** Answers to what followed at once, in the same activity. */
  #answered: readonly (Turn & { readonly answer: Answer })[] = [];

  constructor(context: OrchestrationContext, input: RolloutInput) {
    this.#context = context;
    this.#rollout = input.rollout;
    this.version = versionOf(context, input.version);
  }

  /**
   * Repeats a step until it is over. `next` are those that follow if it leaves nothing to decide: they may be done in
   * the same activity. A step that fails, for example because the store does not answer, is run again: it may have
   * stopped anywhere, and every step is made for that.
   */
  *until(
    step: StepDefinition,
    input: Omit<StepInput, 'rollout' | 'next'>,
    next: Following = NOTHING,
  ): Generator<Task, Done | Again> {
    for (let faults = 0; ;) {
      const answer = this.#known(step, input.batch) ?? (yield* this.#ask(step, input, next));
      if (answer === undefined) {
        faults += 1;
        yield* sleep(this.#context, Math.min(2 ** faults, LONGEST_PAUSE_AFTER_FAULT_SECONDS));
        continue;
      }
      faults = 0;
      if (answer.kind === 'redirected') throw new Redirected(answer.direction);
      if (answer.kind === 'foreign') throw new Foreign('the workflow is no rollout of this app');
      if (answer.kind === 'done' && answer.phase !== undefined)
        this.#context.df.setCustomStatus({ phase: answer.phase });
      if (answer.kind !== 'wait') return answer;
      this.#context.df.setCustomStatus({ phase: answer.phase, batch: input.batch });
      if (answer.seconds > 0) yield* sleep(this.#context, answer.seconds);
    }
  }

  /** The answer of a step that was done in the activity of one before. */
  #known(step: StepDefinition, batch: number): Answer | undefined {
    const [first, ...others] = this.#answered;
    const isNext = first?.step === step.name && first.batch === batch;
    this.#answered = isNext ? others : [];
    return isNext ? first.answer : undefined;
  }

  *#ask(
    step: StepDefinition,
    input: Omit<StepInput, 'rollout' | 'next'>,
    { due, batches }: Following,
  ): Generator<Task, Answer | undefined> {
    yield* this.#nextGeneration(input.batch);
    const turns = due.slice(0, MOST_AT_ONCE).map((one) => ({ step: one.step.name, batch: one.batch }));
    const shares = this.version >= SHARES_ACTIVITIES && turns.length > 0;
    try {
      const answered = (yield this.#context.df.callActivity(step.name, {
        rollout: this.#rollout,
        ...input,
        ...(shares && { next: { turns, ...(batches !== undefined && { batches }) } }),
      })) as Answer | readonly [Answer, ...Answer[]];
      if (!isList(answered)) return answered;
      const [answer, ...others] = answered;
      this.#answered = others.flatMap((theirs, index) => {
        const turn = turns[index];
        return turn === undefined ? [] : [{ ...turn, answer: theirs }];
      });
      return answer;
    } catch {
      // The host has logged the error; whatever it was, the step is run again.
      return undefined;
    }
  }

  /** Starts a new generation before the history grows long; it passes what is done without doing it again. */
  *#nextGeneration(batch: number): Generator<Task, void> {
    const isBetween = this.#batch !== batch;
    this.#batch = batch;
    this.#rounds += 1;
    if (this.#rounds <= (isBetween ? ROUNDS : MOST_ROUNDS)) return;
    this.#context.df.continueAsNew({ rollout: this.#rollout, batch, version: RUNBOOK_VERSION });
    // Nothing after this runs: the next generation starts at the top.
    yield this.#context.df.waitForExternalEvent('never');
  }
}

function isList<T>(answered: T | readonly [T, ...T[]]): answered is readonly [T, ...T[]] {
  return Array.isArray(answered);
}

/** Follows a runbook through one generation of its workflow. */
export function* followRunbook(
  context: OrchestrationContext,
  steps: (runbook: Runbook, input: RolloutInput) => Generator<Task, void>,
): Generator<Task, void> {
  const input = inputOf(context);
  if (input === undefined) return;
  try {
    yield* steps(new Runbook(context, input), input);
  } catch (error) {
    if (error instanceof Foreign) return;
    // A failed instance must not keep the last custom status: the rollout is restarted from its records.
    context.df.setCustomStatus({ waitingFor: 'recovery' });
    throw error;
  }
}

/** Anybody with access to the host's own API can start a workflow with any input. */
function inputOf({ df: durable }: OrchestrationContext): RolloutInput | undefined {
  const input: unknown = durable.getInput();
  if (typeof input !== 'object' || input === null || !('rollout' in input)) return undefined;
  const { rollout, batch, version } = input as { rollout: unknown; batch?: unknown; version?: unknown };
  // fence I8: a workflow that was started under another id than its rollout's does nothing
  if (typeof rollout !== 'string' || rollout !== durable.instanceId) return undefined;
  return {
    rollout,
    ...(typeof batch === 'number' && Number.isSafeInteger(batch) && batch >= 0 && { batch }),
    ...(typeof version === 'number' && { version }),
  };
}

/** Follows a direction to its end, or returns the new direction when the rollout is redirected. */
export function* untilRedirected(
  steps: Generator<Task, unknown>,
): Generator<Task, 'rollback' | 'stop' | undefined> {
  try {
    yield* steps;
    return undefined;
  } catch (error) {
    if (error instanceof Redirected) return error.direction;
    throw error;
  }
}
