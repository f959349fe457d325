import { objections } from '../messages/objections.ts';
import type { CommandName } from '../record/command.ts';
import type { LedgerRow } from '../record/ledger.ts';
import type { RolloutRecord } from '../record/rollout.ts';
import type { FieldError } from '../spec/field-errors.ts';
import type { CommandRequest } from './objections.ts';

const FIELDS = ['batch', 'instances', 'belowFloor', 'ignoreWindow', 'planHash'] as const;

type Field = (typeof FIELDS)[number];

/** What a command can apply to; all others apply to the whole rollout. */
const TAKEN = {
  pause: [],
  resume: ['ignoreWindow'],
  approve: ['batch', 'planHash'],
  reject: ['batch', 'planHash'],
  rollback: [],
  abort: [],
  retry: ['batch', 'instances'],
  skip: ['batch', 'instances'],
  quarantine: ['instances', 'belowFloor'],
} as const satisfies Record<CommandName, readonly Field[]>;

/** Fields that a command names but does not take: a batch or instance that somebody names is never silently ignored. */
export function notTakenBy(request: Omit<CommandRequest, 'by'>): readonly FieldError[] {
  const taken: readonly string[] = TAKEN[request.command];
  return FIELDS.filter((field) => request[field] !== undefined && !taken.includes(field)).map((field) => ({
    path: field,
    message: objections.notTaken(request.command, field, taken),
  }));
}

/** What a command names and the rollout does not have; before there is a plan, that is not known. */
export function unknownIn(
  { batch, instances = [] }: CommandRequest,
  { batches, planHash, gate }: RolloutRecord,
  rows: readonly LedgerRow[],
): readonly FieldError[] {
  if (planHash === undefined) return [];
  // A rollout without batches may have a gate too: it only changes the model, or restores guards.
  const isKnown = batch === gate?.batch || batches.some(({ index }) => index === batch);
  const isUnknown = batch !== undefined && !isKnown;
  const unknown = isUnknown ? [{ path: 'batch', message: objections.unknownBatch(batches.length) }] : [];
  const own = new Map(rows.map((row) => [row.instanceId, row]));
  return [
    ...unknown,
    ...instances.flatMap((id, index) => {
      const row = own.get(id);
      const path = `instances.${index}`;
      if (row === undefined) return [{ path, message: objections.unknownInstance(id) }];
      const isElsewhere = batch !== undefined && !isUnknown && row.batch !== batch;
      return isElsewhere ? [{ path, message: objections.ofAnotherBatch(id, row.batch) }] : [];
    }),
  ];
}
