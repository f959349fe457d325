import type { OpenTurn, TurnResult } from '../durable/turns/turn.ts';
import type { HistoryEvent } from '../durable/wire/history.ts';
import type { Session } from '../durable/wire/trigger.ts';

/**
 * What is remembered of executions from one turn to the next, so that nothing is played twice: extended sessions, as the
 * Durable Task Framework calls them. They are lost with their process, and the next turn replays all.
 */
export interface Sessions {
  /** That of the turn before, if this one follows it, or a new one; whoever takes it gives it back, or it is lost. */
  take(turn: OpenTurn): Session;
  giveBack(session: Session, turn: OpenTurn, result: TurnResult): void;
  /** A worker that ends takes all of them along. */
  forget(): void;
}

/** Now and then all is played again, so that an orchestrator that acts otherwise then is found before its end. */
const MOST_TURNS = 10;

interface Kept {
  readonly session: Session;
  /** As the turn left it. */
  readonly history: readonly HistoryEvent[];
}

export function createSessions(mostTurns = MOST_TURNS): Sessions {
  const kept = new Map<string, Kept>();
  return {
    take({ started, past }) {
      const { ExecutionId } = started.OrchestrationInstance;
      const last = kept.get(ExecutionId);
      kept.delete(ExecutionId);
      if (last === undefined || !isSame(last.history, past)) return { seen: 0, turns: 0, worker: undefined };
      return last.session;
    },
    giveBack({ turns, worker }, { started, past, fresh }, { history, ending }) {
      if (ending !== undefined || turns + 1 >= mostTurns) return;
      const session = { seen: past.length + fresh.length, turns: turns + 1, worker };
      kept.set(started.OrchestrationInstance.ExecutionId, { session, history });
    },
    forget: () => kept.clear(),
  };
}

/** A turn whose commit was lost is not in the history; neither is anything that was changed there by other means. */
function isSame(history: readonly HistoryEvent[], past: readonly HistoryEvent[]): boolean {
  return history.length === past.length && history.every((event, index) => event === past[index]);
}
