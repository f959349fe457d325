import type { Ports } from '../activities/frame/ports.ts';
import type { Plan } from '../core/plan/plan.ts';
import type { Command } from '../core/record/command.ts';
import type { AuditEvent } from '../core/record/events.ts';
import type { LedgerRow } from '../core/record/ledger.ts';
import type { RolloutRecord } from '../core/record/rollout.ts';
import { readEvents } from '../store/events.ts';
import { readPlan } from '../store/plans.ts';
import { readRecords } from '../store/records.ts';
import type { Records } from '../store/records.ts';
import { readRollout } from '../store/rollouts.ts';
import type { StoredRollout } from '../store/rollouts.ts';
import { recover } from './recover.ts';
import { rowsOf } from './seen-rows.ts';
import type { Workflows } from './workflows.ts';

export interface Found {
  readonly record: RolloutRecord;
  readonly commands: readonly Command[];
}

export type FoundRecords = Pick<Records, 'record' | 'commands' | 'rows' | 'operations'>;

/** The rollout of this id; if its workflow is dead, whoever asks for it sets it going again. */
export async function findRollout(
  id: string,
  ports: Ports,
  workflows: Workflows,
): Promise<Found | undefined> {
  const stored = isId(id) ? await readRollout(ports.store, id) : undefined;
  if (stored === undefined) return undefined;
  return { commands: stored.commands, record: await recovered(stored, ports, workflows) };
}

/** The same with its rows and operations, which are much more to read. */
export async function findRecords(
  id: string,
  ports: Ports,
  workflows: Workflows,
): Promise<FoundRecords | undefined> {
  const records = isId(id) ? await readRecords(ports.store, id) : undefined;
  if (records === undefined) return undefined;
  const { commands, rows, operations } = records;
  return { record: await recovered(records, ports, workflows), commands, rows, operations };
}

/** The rows alone, for whoever only looks; the same list while nothing has changed. */
export async function findRows(
  id: string,
  ports: Ports,
  workflows: Workflows,
): Promise<readonly LedgerRow[] | undefined> {
  const stored = isId(id) ? await readRollout(ports.store, id) : undefined;
  if (stored === undefined) return undefined;
  await recovered(stored, ports, workflows);
  return rowsOf(stored, ports.store);
}

/** The plan of a rollout; `undefined` where there is no such rollout, without a plan where none was made yet. */
export async function findPlan(
  id: string,
  ports: Ports,
  workflows: Workflows,
): Promise<{ readonly record: RolloutRecord; readonly plan: Plan | undefined } | undefined> {
  const found = await findRollout(id, ports, workflows);
  return found && { record: found.record, plan: (await readPlan(ports.store, id))?.plan };
}

/** What happened in a rollout, oldest first. */
export async function findEvents(
  id: string,
  ports: Ports,
  workflows: Workflows,
): Promise<readonly AuditEvent[] | undefined> {
  const found = await findRollout(id, ports, workflows);
  return found && readEvents(ports.store, id);
}

function isId(id: string): boolean {
  return /^[\w.:-]{1,100}$/.test(id);
}

async function recovered(stored: StoredRollout, ports: Ports, workflows: Workflows): Promise<RolloutRecord> {
  try {
    return await recover(stored, ports, workflows);
  } catch (error) {
    // What was asked for can be answered nevertheless, and the timer tries again.
    workflows.onTrouble(stored.record.id, error);
    return stored.record;
  }
}
