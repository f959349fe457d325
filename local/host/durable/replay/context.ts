import { createMailbox } from './mailbox.ts';
import type { Decision, Unnumbered } from './decisions.ts';
import { createOpenDecisions } from './open-decisions.ts';
import { DONE, type Outcome, Settler, type Signal } from './signal.ts';
import { EventType, timeOf } from '../wire/event.ts';
import type { EventRaised, EventSent, HistoryEvent } from '../wire/history.ts';

type Message = Unnumbered<Decision & { readonly kind: 'send' }>;

/** The host's half of a replay: ids, open tasks, waiting events, suspension (durable-host.md 3.3). */
export interface ReplayContext {
  /** Timestamp of the latest OrchestratorStarted. */
  readonly now: number;
  readonly openTasks: number;
  readonly suspended: boolean;
  /** Events that came after continue-as-new was asked for (golden 1.11). */
  readonly carried: readonly EventRaised[];
  /** Asked for and not in the history, by id. */
  decisions(): readonly Decision[];
  schedule(decision: Unnumbered<Decision>): Signal;
  /** Sends a message to an entity: takes an id, but keeps nothing open. */
  send(decision: Message): void;
  /** As `send`; settles when the entity answers. */
  request(decision: Message): Signal;
  /** Takes an id and a decision, but nothing waits for it. */
  scheduleCancelledTimer(fireAt: number): Signal;
  /** The id that the next decision will take. */
  nextId(): number;
  waitFor(eventName: string): Signal;
  /** From now on raised events are carried over instead of delivered. */
  stopListening(): void;
  play(event: HistoryEvent): void;
}

/** `start` runs when the history reaches ExecutionStarted, `terminate` when it reaches ExecutionTerminated. */
export function createReplayContext(on: {
  start(): void;
  terminate(reason: string | null): void;
}): ReplayContext {
  let turn: HistoryEvent | undefined;
  const decisions = createOpenDecisions();
  const open = new Map<number, Settler>();
  const requests = new Map<number, Settler>();
  const mailbox = createMailbox();
  let suspended = false;
  let whileSuspended: HistoryEvent[] = [];
  let listening = true;
  const carried: EventRaised[] = [];

  const settle = (id: number, outcome: Outcome): void => {
    const task = open.get(id);
    open.delete(id);
    task?.settle(outcome);
  };

  const suspend = (): void => {
    suspended = true;
    decisions.holdBack();
  };
  const resume = (): void => {
    suspended = false;
    decisions.release();
    const waiting = whileSuspended;
    whileSuspended = [];
    for (const event of waiting) apply(event);
  };

  /** The answer is an event named after the id inside the message that the history shows. */
  const awaitReply = (sent: EventSent): void => {
    const { id } = JSON.parse(sent.Input ?? '{}') as { readonly id?: string };
    const request = requests.get(sent.EventId);
    if (id !== undefined && request !== undefined)
      mailbox.waitFor(id).listen((reply) => request.settle(reply));
  };

  function apply(event: HistoryEvent): void {
    switch (event.EventType) {
      case EventType.ExecutionStarted:
        on.start();
        break;
      case EventType.ExecutionTerminated:
        on.terminate(event.Input);
        break;
      case EventType.TaskScheduled:
      case EventType.SubOrchestrationInstanceCreated:
      case EventType.TimerCreated:
      case EventType.EventSent:
        decisions.confirm(event);
        if (event.EventType === EventType.EventSent) awaitReply(event);
        break;
      case EventType.TaskCompleted:
      case EventType.SubOrchestrationInstanceCompleted:
        settle(event.TaskScheduledId, { ok: true, result: event.Result });
        break;
      case EventType.TaskFailed:
      case EventType.SubOrchestrationInstanceFailed:
        settle(event.TaskScheduledId, { ok: false });
        break;
      case EventType.TimerFired:
        settle(event.TimerId, DONE);
        break;
      case EventType.EventRaised:
        if (listening) mailbox.deliver(event.Name, event.Input);
        else carried.push(event);
        break;
      case EventType.ExecutionSuspended:
        suspend();
        break;
      case EventType.ExecutionResumed:
        resume();
        break;
      case EventType.ExecutionCompleted:
      case EventType.OrchestratorStarted:
      case EventType.OrchestratorCompleted:
      case EventType.GenericEvent:
        break;
    }
  }

  return {
    get now() {
      return turn === undefined ? Number.NaN : timeOf(turn);
    },
    get openTasks() {
      return open.size;
    },
    get suspended() {
      return suspended;
    },
    carried,
    decisions: () => decisions.list(),
    nextId: () => decisions.nextId(),
    schedule(decision) {
      const signal = new Settler();
      open.set(decisions.take(decision), signal);
      return signal;
    },
    send(decision) {
      decisions.take(decision);
    },
    request(decision) {
      const signal = new Settler();
      requests.set(decisions.take(decision), signal);
      return signal;
    },
    scheduleCancelledTimer(fireAt) {
      decisions.take({ kind: 'timer', fireAt });
      const signal = new Settler();
      signal.settle({ ok: false });
      return signal;
    },
    waitFor: (name) => mailbox.waitFor(name),
    stopListening() {
      listening = false;
    },
    play(event) {
      if (event.EventType === EventType.OrchestratorStarted) turn = event;
      else if (
        suspended &&
        event.EventType !== EventType.ExecutionResumed &&
        event.EventType !== EventType.ExecutionTerminated
      )
        whileSuspended.push(event);
      else apply(event);
    },
  };
}
