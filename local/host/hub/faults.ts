import type { AppFunction } from '../worker/app/catalog.ts';
import type { FunctionApp } from '../worker/app/function-app.ts';
import { WorkerExitError } from '../worker/exit.ts';
import type { ActivityOutcome, ActivityTask, Message } from '../ports.ts';

export type MaybePromise<T> = T | Promise<T>;

/** What a hook answers; nothing at all when all goes well. */
export type Fault<Kind extends string> = Kind | undefined | void;

/** Places where a test lets the host die. Throwing counts as a crash too. */
export interface FaultHooks {
  /** 'crash': the activity does not run this time and is delivered again. */
  readonly beforeActivity?: (task: ActivityTask) => MaybePromise<Fault<'crash'>>;
  /** 'crash': its result is lost and it is delivered again. 'duplicate': both happen. A delay: it arrives late. */
  readonly afterActivityBeforeCommit?: (
    task: ActivityTask,
    outcome: ActivityOutcome,
  ) => MaybePromise<Fault<'crash' | 'duplicate'> | Late>;
  /** 'crash': the turn never happened. */
  readonly beforeTurnCommit?: (turn: TurnPoint) => MaybePromise<Fault<'crash'>>;
  /** 'crash': the turn is stored, and nothing that follows it in memory happens. */
  readonly afterTurnCommit?: (turn: TurnPoint) => MaybePromise<Fault<'crash'>>;
  /** The exit code of a worker that ends when it is handed this function; the host goes on. */
  readonly inWorker?: (fn: AppFunction) => number | undefined;
  /** The order in which a turn sees the messages that are due; each of them once. */
  readonly reorder?: (messages: readonly Message[]) => readonly Message[];
}

export interface Late {
  readonly lateMs: number;
}

export interface TurnPoint {
  readonly instanceId: string;
}

/** The app in a worker that ends when the hook says so; `onExit` is told. */
export function withWorkerExits(app: FunctionApp, { inWorker }: FaultHooks, onExit: () => void): FunctionApp {
  if (inWorker === undefined) return app;
  return {
    ...app,
    async invoke(fn, invocation) {
      const exitCode = inWorker(fn);
      if (exitCode === undefined) return app.invoke(fn, invocation);
      onExit();
      throw new WorkerExitError(exitCode);
    },
  };
}

/** Whether a hook says that the host dies at this point. */
export async function hasCrashed<P>(
  hook: ((point: P) => MaybePromise<Fault<'crash'>>) | undefined,
  point: P,
): Promise<boolean> {
  try {
    return (await hook?.(point)) === 'crash';
  } catch {
    return true;
  }
}
