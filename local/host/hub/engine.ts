import type { Diagnostic } from '../checks/diagnostics.ts';
import { openTurn } from '../durable/turns/turn.ts';
import { EventType } from '../durable/wire/event.ts';
import type { ActivityTask, Message, Store, Taken } from '../ports.ts';
import { WorkerExitError } from '../worker/exit.ts';
import { activityEvent, runTask } from './activities.ts';
import { admit, type Runnable } from './admission.ts';
import { AT_ONCE, createDeliveries } from './deliveries.ts';
import { entityCommit } from './entity-engine.ts';
import { hasCrashed } from './faults.ts';
import { commitOf } from './outbox.ts';
import { play } from './play.ts';
import type { EngineSettings } from './settings.ts';

export interface Engine {
  /** Gives an instance all of its due messages and commits what comes of it. */
  runTurn(instanceId: string): Promise<void>;
  runActivity(task: ActivityTask): Promise<void>;
}

/** After how long an entity's messages come back when its worker ended in them (measured on 3.19.0: 2.2 and 2.5 s). */
const UNDONE_RETRY_MS = 2000;

/** Both kinds of work a task hub has, on the given ports. Concurrency is the driver's business. */
export function createEngine(settings: EngineSettings): Engine {
  const { store, clock, schema, exactTimers = false, hooks = {} } = settings;
  const deliveries = settings.deliveries ?? createDeliveries({ store, clock, redelivery: AT_ONCE });

  const reported = new Set<string>();
  /** Every turn plays the actions of all turns before it again. */
  const reportOnce = (diagnostic: Diagnostic): void => {
    const key = JSON.stringify(diagnostic);
    if (reported.has(key)) return;
    reported.add(key);
    settings.report(diagnostic);
  };

  /** Holds the work while it is under way; a host that dies in it loses it. */
  async function holding(work: Taken, run: () => Promise<'done' | 'crashed'>): Promise<void> {
    const delivery = deliveries.take(work);
    try {
      if ((await run()) === 'crashed') delivery.lose();
      else delivery.end();
    } catch (error) {
      delivery.giveBack(error instanceof WorkerExitError ? UNDONE_RETRY_MS : 0);
      if (!(error instanceof WorkerExitError)) throw error;
    }
  }

  async function runEntity(instanceId: string, due: readonly Message[]): Promise<'done' | 'crashed'> {
    const commit = await entityCommit(settings, instanceId, due);
    if (await hasCrashed(hooks.beforeTurnCommit, { instanceId })) return 'crashed';
    store.commit(commit);
    return 'done';
  }

  async function runExecution({ record, events, over }: Runnable): Promise<'done' | 'crashed'> {
    const { instanceId } = record;
    const consume = seqsOf(over);
    const past = record.status === 'Pending' ? [] : store.history(instanceId);
    const opened = openTurn(past, events, clock.now());
    if (opened === undefined) {
      store.commit({ consume });
      return 'done';
    }
    const played = await play(settings, opened, reportOnce);
    if (await hasCrashed(hooks.beforeTurnCommit, { instanceId })) return 'crashed';
    const { ids } = settings;
    store.commit(commitOf({ ...played, record, consume, store, ids, now: clock.now(), exactTimers, schema }));
    await hasCrashed(hooks.afterTurnCommit, { instanceId });
    return 'done';
  }

  async function runActivity(task: ActivityTask): Promise<'done' | 'crashed'> {
    if (await hasCrashed(hooks.beforeActivity, task)) return 'crashed';
    const outcome = await runTask(task, settings);
    if (settings.strict === true && outcome.kind === 'completed' && outcome.lost !== undefined) {
      reportOnce({
        rule: 'non-json-result',
        instanceId: task.instanceId,
        message: `the activity '${task.name}' returns ${outcome.lost}, which JSON does not keep`,
      });
    }
    const verdict = await hooks.afterActivityBeforeCommit?.(task, outcome);
    if (verdict === 'crash') return 'crashed';
    const lateMs = typeof verdict === 'object' ? verdict.lateMs : 0;
    const event = activityEvent(task, outcome, { now: clock.now(), schema });
    const { instanceId, executionId } = task;
    const send = [{ to: instanceId, executionId, dueAt: clock.now() + lateMs, event }];
    store.commit(verdict === 'duplicate' ? { send } : { finish: task.seq, send });
    return verdict === 'duplicate' ? 'crashed' : 'done';
  }

  return {
    async runTurn(instanceId) {
      const due = store.due(instanceId, clock.now());
      if (isEntity(store, instanceId, due)) {
        return holding({ kind: 'messages', seqs: seqsOf(due) }, () => runEntity(instanceId, due));
      }
      const admitted = admit(settings, instanceId, hooks.reorder?.(due) ?? due);
      const consume = seqsOf(admitted.over);
      if (admitted.kind === 'drop') return store.commit({ consume });
      if (admitted.kind === 'putOff') {
        const dueAt = clock.now() + admitted.byMs;
        return store.commit({ consume, send: admitted.over.map((message) => ({ ...message, dueAt })) });
      }
      return holding({ kind: 'messages', seqs: consume }, () => runExecution(admitted));
    },
    runActivity: (task) => holding({ kind: 'activities', seqs: [task.seq] }, () => runActivity(task)),
  };
}

function seqsOf(messages: readonly Message[]): readonly number[] {
  return messages.map(({ seq }) => seq);
}

/** From 3.x on an orchestration may have such an id as well. */
function isEntity(store: Store, instanceId: string, due: readonly Message[]): boolean {
  if (!instanceId.startsWith('@')) return false;
  if (due.some(({ event }) => event.EventType === EventType.ExecutionStarted)) return false;
  const record = store.instance(instanceId);
  return record === undefined || record.name === instanceId;
}
