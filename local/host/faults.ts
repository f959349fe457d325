import type { ActivityOutcome, ActivityTask } from './ports.ts';

export type MaybePromise<T> = T | Promise<T>;

/** Places where a test lets the host die. Throwing counts as a crash too. */
export interface FaultHooks {
  /** 'crash': the activity does not run this time and is delivered again. */
  beforeActivity?(task: ActivityTask): MaybePromise<'crash' | void>;
  /** 'crash': its result is lost and it is delivered again. 'duplicate': both happen. */
  afterActivityBeforeCommit?(
    task: ActivityTask,
    outcome: ActivityOutcome,
  ): MaybePromise<'crash' | 'duplicate' | void>;
  /** 'crash': the turn never happened. */
  beforeTurnCommit?(turn: TurnPoint): MaybePromise<'crash' | void>;
  afterTurnCommit?(turn: TurnPoint): MaybePromise<'crash' | void>;
}

export interface TurnPoint {
  readonly instanceId: string;
}

/** Whether a hook says that the host dies at this point. */
export async function hasCrashed<P>(
  hook: ((point: P) => MaybePromise<'crash' | void>) | undefined,
  point: P,
): Promise<boolean> {
  try {
    return (await hook?.(point)) === 'crash';
  } catch {
    return true;
  }
}
