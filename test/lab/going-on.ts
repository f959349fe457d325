import { createRequire } from 'node:module';
import type { Session } from '../../local/host/durable/wire/trigger.ts';

/** The parts of the library's orchestrators that are needed to resume one. */
interface Orchestrator {
  readonly fn: unknown;
  readonly taskOrchestrationExecutor: Executor;
  handle(trigger: Trigger, context: object): Promise<object>;
}

interface Executor {
  readonly generator: Generator;
  readonly schemaVersion: number;
  execute(context: object, events: readonly object[], schema: number, fn: () => Generator): Promise<object>;
}

interface Trigger {
  readonly session?: Session;
  /** Events since the turn before. */
  readonly unseen?: readonly object[];
}

/**
 * Lets the library's orchestrators go on from the turn before, where the host has a session for them, instead of playing
 * the whole history again. That both come to the same is checked at the end of every generation (`checkReplay`). Must run
 * before the app registers its orchestrators.
 */
export function letOrchestratorsGoOn(): void {
  const library = createRequire(import.meta.resolve('durable-functions'));
  const { Orchestrator } = library('./orchestrations/Orchestrator.js') as {
    Orchestrator: { new (fn: unknown): Orchestrator; readonly prototype: Orchestrator };
  };
  const { prototype } = Orchestrator;
  const replay: Orchestrator['handle'] = Reflect.get(prototype, 'handle');

  prototype.handle = async function handle(trigger, context) {
    const { session, unseen = [] } = trigger;
    if (session === undefined) return Reflect.apply(replay, this, [trigger, context]);
    if (session.worker instanceof Kept) return session.worker.goOn(unseen);
    // One of its own: the library has one for all executions, and forgets the one before.
    const own = new Orchestrator(this.fn);
    const state = await Reflect.apply(replay, own, [trigger, context]);
    session.worker = new Kept(own.taskOrchestrationExecutor, context);
    return state;
  };
}

class Kept {
  readonly #executor: Executor;
  readonly #context: object;

  constructor(executor: Executor, context: object) {
    this.#executor = executor;
    this.#context = context;
  }

  /** Shows it further events, and answers with all that it has asked for so far. */
  goOn(events: readonly object[]): Promise<object> {
    const { generator, schemaVersion } = this.#executor;
    return this.#executor.execute(this.#context, events, schemaVersion, () => generator);
  }
}
