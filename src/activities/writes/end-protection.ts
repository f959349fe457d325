import { audit } from '../../core/messages/audit.ts';
import { skips } from '../../core/messages/instances.ts';
import type { RolloutEvent } from '../../core/record/events.ts';
import { countRows } from '../../core/record/ledger.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Operation } from '../../core/record/operation.ts';
import { releaseCommand } from '../../core/record/quarantine.ts';
import type { Answer } from '../../core/run/answer.ts';
import { save } from '../frame/commit.ts';
import type { Step } from '../frame/step.ts';

/** A quarantined instance that is to be protected in Azure. */
export interface Protection {
  readonly row: LedgerRow;
  /** Protections that were sent for it before. */
  readonly tries: readonly Operation[];
}

/** Azure shows that it is protected. */
export async function protectedNow(step: Step, { row, tries }: Protection): Promise<Answer> {
  const { scaleSet } = step.record;
  const { instanceId, quarantine } = row;
  const endedAt = new Date(step.now).toISOString();
  const last = tries.at(-1);
  if (last !== undefined) step.records.putOperation({ ...last, status: 'succeeded', endedAt });
  const message = audit.quarantined(instanceId, releaseCommand(scaleSet, instanceId));
  return endProtection(step, {
    instanceId,
    changes: quarantine && { quarantine: { ...quarantine, isProtected: true } },
    events: [{ kind: 'quarantined', instances: [instanceId], message }],
  });
}

/** Without protection, Azure may still change it: the quarantine would be an empty promise. */
export async function notProtected(step: Step, { row }: Protection, why: string): Promise<Answer> {
  const { instanceId } = row;
  const skipReason = skips.notProtected(why);
  const message = audit.notProtected(instanceId, why);
  return endProtection(step, {
    instanceId,
    changes: { state: 'skipped', skipReason, quarantine: undefined },
    events: [{ kind: 'quarantineFailed', instances: [instanceId], message }],
  });
}

/** Somebody has deleted it in the meantime. */
export async function goneMeanwhile(step: Step, { row }: Protection): Promise<Answer> {
  const { instanceId } = row;
  const message = audit.quarantinedGone(instanceId);
  return endProtection(step, {
    instanceId,
    changes: { state: 'gone', quarantine: undefined },
    events: [{ kind: 'quarantineFailed', instances: [instanceId], message }],
  });
}

/** Takes it off the list of those to protect, and changes its row. */
export async function endProtection(
  step: Step,
  {
    instanceId,
    changes,
    events,
  }: {
    readonly instanceId: string;
    readonly changes: { readonly [K in keyof LedgerRow]?: LedgerRow[K] | undefined } | undefined;
    readonly events: readonly RolloutEvent[];
  },
): Promise<Answer> {
  const { record, records } = step;
  const updatedAt = new Date(step.now).toISOString();
  const rows = records.rows.map((row): LedgerRow => {
    if (row.instanceId !== instanceId || changes === undefined) return row;
    return Object.fromEntries(
      Object.entries({ ...row, ...changes, updatedAt }).filter(([, value]) => value !== undefined),
    ) as unknown as LedgerRow;
  });
  records.putRows(rows);
  const left = (record.toProtect ?? []).filter((id) => id !== instanceId);
  await save(step, { toProtect: left.length === 0 ? undefined : left, counts: countRows(rows) }, events);
  return { kind: 'wait', seconds: 0, phase: record.phase };
}
