import { EventType } from '../durable/wire/event.ts';
import type { HistoryEvent } from '../durable/wire/history.ts';
import { isTerminal } from '../durable/wire/runtime-status.ts';
import { runsVersion } from '../durable/wire/versions.ts';
import type { InstanceRecord, Message } from '../ports.ts';
import type { EngineSettings } from './settings.ts';

const START_RETRY_MS = 30_000;
const OTHER_VERSION_RETRY_MS = 300_000;
const UNSTARTED_RETRY_MS = 5000;

/** `over` leaves the inbox. */
type Admitted = { readonly over: readonly Message[] } & (
  | { readonly kind: 'drop' }
  | { readonly kind: 'putOff'; readonly byMs: number }
  | { readonly kind: 'run'; readonly record: InstanceRecord; readonly events: readonly HistoryEvent[] }
);
export type Runnable = Admitted & { readonly kind: 'run' };

/**
 * Sorts out what an instance may see now: its start alone (golden 3.4), nothing for another execution, nothing once it
 * is over, and nothing at all while the app has another version.
 */
export function admit(hub: EngineSettings, instanceId: string, batch: readonly Message[]): Admitted {
  const record = hub.store.instance(instanceId);
  const start = batch.find(({ event }) => event.EventType === EventType.ExecutionStarted);
  if (record === undefined) return { kind: 'drop', over: batch };
  if (start !== undefined) {
    const started = replaced(record, start);
    const isSame = started.executionId === record.executionId;
    if (!isSame && !isTerminal(record.status)) return { kind: 'putOff', over: [start], byMs: START_RETRY_MS };
    if (isSame && isTerminal(record.status)) return { kind: 'drop', over: [start] };
    return runnable(hub, started, { over: [start], events: [start.event] });
  }
  if (isTerminal(record.status)) return { kind: 'drop', over: batch };
  const mine = batch.filter(({ executionId }) => executionId === null || executionId === record.executionId);
  if (mine.length === 0) return { kind: 'drop', over: batch };
  const admitted = runnable(hub, record, { over: batch, events: mine.map(({ event }) => event) });
  // A host that died holds its start; until that comes back there is nothing that could be told anything.
  const isUnstarted = record.status === 'Pending' && admitted.kind === 'run';
  return isUnstarted ? { kind: 'putOff', over: batch, byMs: UNSTARTED_RETRY_MS } : admitted;
}

/** From 3.x on what was started with a version that the app does not run waits in its queue (measured on 3.19.0). */
function runnable(
  { app, schema, report }: EngineSettings,
  record: InstanceRecord,
  taken: { readonly over: readonly Message[]; readonly events: readonly HistoryEvent[] },
): Admitted {
  const { instanceId, name, version } = record;
  if (schema === 3 || runsVersion(version, app.host)) return { kind: 'run', record, ...taken };
  const message = `'${name}' was started with the version '${version}', which this app does not run`;
  report({ rule: 'other-version', instanceId, message });
  return { kind: 'putOff', over: taken.over, byMs: OTHER_VERSION_RETRY_MS };
}

function replaced(record: InstanceRecord, start: Message): InstanceRecord {
  if (start.event.EventType !== EventType.ExecutionStarted) return record;
  return {
    ...record,
    name: start.event.Name,
    version: start.event.Version === '' ? null : start.event.Version,
    executionId: start.event.OrchestrationInstance.ExecutionId,
    input: start.event.Input,
    status: 'Pending',
  };
}
