import { audit } from '../../core/messages/audit.ts';
import { setClock } from '../../core/record/active-clock.ts';
import { waitedBy } from '../../core/record/waited.ts';
import type { Command } from '../../core/record/command.ts';
import type { RolloutEvent } from '../../core/record/events.ts';
import type { RolloutRecord } from '../../core/record/rollout.ts';
import { namingOf } from './heed.ts';
import type { Step } from './step.ts';

/** Fields to change; `undefined` takes one away. */
export type Changes = { readonly [K in keyof RolloutRecord]?: RolloutRecord[K] | undefined };

/**
 * Writes the record, all that was put into the records, and the events in one commit: a run that comes too late moves
 * nothing. Commands without an event yet get one first.
 */
export async function save(
  step: Step,
  changes: Changes,
  events: readonly RolloutEvent[] = [],
): Promise<Step> {
  const { record, etag, records } = step;
  const naming = namingOf(step.words, record);
  const isNewPhase = changes.phase !== undefined && changes.phase !== record.phase;
  // Each commit ends what the one before it said that the rollout waits for.
  const waited = waitedBy(records.record, record.clock.at);
  const unseen = step.commands.filter(({ sequence }) => sequence > record.seenCommand);
  // fence I22: nothing goes out before its intent and its event are written
  const committed = await records.commit({
    record: defined({
      ...record,
      ...naming.changes,
      ...changes,
      ...(Object.keys(waited).length > 0 && { waited }),
      ...(isNewPhase && { phaseSince: new Date(step.now).toISOString() }),
      seenCommand: step.standing.lastSequence,
      // A workflow that writes here is running again.
      ...(record.recovery !== undefined && { recovery: { at: record.recovery.at } }),
    }),
    events: [
      ...unseen.map((command) => told(command)),
      ...naming.events,
      ...events.map((event) => ({ ...event, ...step.heard })),
    ],
    time: new Date(step.now).toISOString(),
    etag,
  });
  step.telemetry?.committed(record, committed.record, step.now);
  return { ...step, ...committed };
}

/** Writes what was put into the records, where a step ends without more to say. */
export async function keep(step: Step): Promise<Step> {
  const { records, etag, now } = step;
  if (!records.isChanged) return step;
  const { record } = records;
  const time = new Date(now).toISOString();
  const committed = await records.commit({ record, events: [], time, etag });
  return { ...step, etag: committed.etag };
}

function defined(record: Changes): RolloutRecord {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined),
  ) as unknown as RolloutRecord;
}

function told({ command, by, reason, batch, instances, ...said }: Command): RolloutEvent {
  return {
    kind: command,
    by,
    message: audit.command(command, by, {
      reason,
      belowFloor: said.belowFloor === true,
      ignoreWindow: said.ignoreWindow === true,
    }),
    ...(batch !== undefined && { batch }),
    ...(instances !== undefined && { instances }),
  };
}

/** The step is over: the rollout waits for nothing any more. */
export async function finish(
  step: Step,
  changes: Changes,
  events: readonly RolloutEvent[] = [],
): Promise<Step> {
  const clock = setClock(step.record.clock, true, 0);
  return save(
    step,
    { waitingFor: undefined, shortSince: undefined, denied: undefined, clock, ...changes },
    events,
  );
}
