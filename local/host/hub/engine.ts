import type { Diagnostic } from '../checks/diagnostics.ts';
import { openTurn } from '../durable/turns/turn.ts';
import { EventType } from '../durable/wire/history.ts';
import type { ActivityTask, Message, Store } from '../ports.ts';
import { activityEvent, runTask } from './activities.ts';
import { admit } from './admission.ts';
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

/** Both kinds of work a task hub has, on the given ports. Concurrency is the driver's business. */
export function createEngine(settings: EngineSettings): Engine {
  const { store, clock, schema, exactTimers = false, hooks = {} } = settings;

  const reported = new Set<string>();
  /** Every turn plays the actions of all turns before it again. */
  const reportOnce = (diagnostic: Diagnostic): void => {
    const key = JSON.stringify(diagnostic);
    if (reported.has(key)) return;
    reported.add(key);
    settings.report(diagnostic);
  };

  async function runEntity(instanceId: string): Promise<void> {
    const commit = await entityCommit(settings, instanceId);
    if (await hasCrashed(hooks.beforeTurnCommit, { instanceId })) return;
    store.commit(commit);
  }

  return {
    async runTurn(instanceId) {
      const due = store.due(instanceId, clock.now());
      if (isEntity(store, instanceId, due)) return runEntity(instanceId);
      const batch = hooks.reorder?.(due) ?? due;
      const admitted = admit(settings, instanceId, batch);
      const consume = admitted.over.map((message) => message.seq);
      if (admitted.kind === 'drop') return store.commit({ consume });
      if (admitted.kind === 'putOff') {
        const dueAt = clock.now() + admitted.byMs;
        return store.commit({ consume, send: admitted.over.map((message) => ({ ...message, dueAt })) });
      }
      const { record, events } = admitted;
      const isNewExecution = record.status === 'Pending';
      const opened = openTurn(isNewExecution ? [] : store.history(instanceId), events, clock.now());
      if (opened === undefined) return store.commit({ consume });

      const played = await play(settings, opened, reportOnce);
      if (await hasCrashed(hooks.beforeTurnCommit, { instanceId })) return;
      store.commit(
        commitOf({
          ...played,
          record,
          consume,
          store,
          ids: settings.ids,
          now: clock.now(),
          exactTimers,
          schema,
        }),
      );
      if (await hasCrashed(hooks.afterTurnCommit, { instanceId })) return;
    },

    async runActivity(task) {
      if (await hasCrashed(hooks.beforeActivity, task)) return;
      const outcome = await runTask(task, settings);
      if (settings.strict === true && outcome.kind === 'completed' && outcome.lost !== undefined) {
        reportOnce({
          rule: 'non-json-result',
          instanceId: task.instanceId,
          message: `the activity '${task.name}' returns ${outcome.lost}, which JSON does not keep`,
        });
      }
      const verdict = await hooks.afterActivityBeforeCommit?.(task, outcome);
      if (verdict === 'crash') return;
      const lateMs = typeof verdict === 'object' ? verdict.lateMs : 0;
      const event = activityEvent(task, outcome, { now: clock.now(), schema });
      const { instanceId, executionId } = task;
      const send = [{ to: instanceId, executionId, dueAt: clock.now() + lateMs, event }];
      store.commit(verdict === 'duplicate' ? { send } : { finish: task.seq, send });
    },
  };
}

/** From 3.x on an orchestration may have such an id as well. */
function isEntity(store: Store, instanceId: string, due: readonly Message[]): boolean {
  if (!instanceId.startsWith('@')) return false;
  if (due.some(({ event }) => event.EventType === EventType.ExecutionStarted)) return false;
  const record = store.instance(instanceId);
  return record === undefined || record.name === instanceId;
}
