import { objections } from '../messages/objections.ts';
import type { CommandName } from '../record/command.ts';
import type { LedgerRow } from '../record/ledger.ts';
import type { RolloutRecord } from '../record/rollout.ts';
import type { FieldError } from '../spec/field-errors.ts';
import type { CommandRequest, Objection } from './objections.ts';

/** Commands that mean the batch or the instances that they name. */
const NAMING: readonly CommandName[] = ['approve', 'reject', 'retry', 'skip'];

/** What a command names and the rollout does not have; before there is a plan nobody knows what it will have. */
export function unknownIn(
  { command, batch, instances = [] }: CommandRequest,
  { batches, planHash }: RolloutRecord,
  rows: readonly LedgerRow[],
): readonly FieldError[] {
  if (planHash === undefined || !NAMING.includes(command)) return [];
  const known = new Set(rows.map(({ instanceId }) => instanceId));
  const isUnknown = batch !== undefined && !batches.some(({ index }) => index === batch);
  return [
    ...(isUnknown ? [{ path: 'batch', message: objections.unknownBatch(batches.length) }] : []),
    ...instances.flatMap((id, index) =>
      known.has(id) ? [] : [{ path: `instances.${index}`, message: objections.unknownInstance(id) }],
    ),
  ];
}

/** What speaks against a retry of just these instances: one that has not failed would be taken down once more. */
export function objectionToRetry(
  { command, instances = [] }: CommandRequest,
  rows: readonly LedgerRow[],
): Objection | undefined {
  if (command !== 'retry') return undefined;
  const wrong = instances.filter((id) =>
    rows.some(({ instanceId, state }) => instanceId === id && state !== 'failed'),
  );
  return wrong.length === 0 ? undefined : { code: 'wrongPhase', message: objections.notFailedToRetry(wrong) };
}
