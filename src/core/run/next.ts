import type { Command, CommandName } from '../record/command.ts';
import type { LedgerRow } from '../record/ledger.ts';
import { isEnded } from '../record/phase.ts';
import type { RolloutRecord } from '../record/rollout.ts';
import { canBeSkipped, isNamed } from './meant.ts';
import { objectionTo } from './objections.ts';
import { canBeQuarantined } from './quarantine.ts';
import { standingOf } from './standing.ts';
import type { Standing } from './standing.ts';

/** Something that a person may ask of a rollout now. */
export interface Next {
  readonly command: CommandName;
  readonly batch?: number;
  readonly instances?: readonly string[];
}

interface Found {
  readonly record: RolloutRecord;
  readonly standing: Standing;
  readonly failed: readonly string[];
  readonly rows: readonly LedgerRow[] | undefined;
}

/**
 * What each command would do now; `undefined` if it would be accepted but change nothing. Commands that end a wait for
 * a person come first.
 */
const MEANINGS: readonly (readonly [CommandName, (found: Found) => Omit<Next, 'command'> | undefined])[] = [
  ['approve', gateOf],
  ['reject', gateOf],
  ['retry', ({ failed }) => (failed.length === 0 ? undefined : {})],
  ['resume', () => ({})],
  ['skip', skippedNext],
  ['quarantine', ({ failed }) => (failed.length === 0 ? undefined : { instances: failed })],
  ['pause', ({ standing }) => (standing.paused ? undefined : {})],
  ['rollback', () => ({})],
  // Once the rollout stops, a second abort ends its remaining waits.
  ['abort', ({ record, standing }) => (isAboutToStop(record, standing) ? undefined : {})],
];

/** What a person may do next, first what the rollout waits for; without `rows`, the record names failed instances. */
export function nextOf({
  record,
  commands,
  rows,
}: {
  readonly record: RolloutRecord;
  readonly commands: readonly Command[];
  readonly rows?: readonly LedgerRow[];
}): readonly Next[] {
  if (isEnded(record.phase)) return [];
  const standing = standingOf(record, commands);
  const failed =
    rows?.filter((row) => canBeQuarantined(row)).map(({ instanceId }) => instanceId) ??
    record.failure?.instances ??
    [];
  return MEANINGS.flatMap(([command, meaning]) => {
    // For no particular caller: `nextFor` says what this caller may do.
    if (objectionTo({ command, by: '' }, record, commands) !== undefined) return [];
    const meant = meaning({ record, standing, failed, rows });
    return meant === undefined ? [] : [{ command, ...meant }];
  });
}

function gateOf({ record: { gate } }: Found): Omit<Next, 'command'> | undefined {
  return gate === undefined ? undefined : { batch: gate.batch };
}

/** The next batch with something to skip; without rows, never one at work, since what is left of it is not known. */
function skippedNext({ record, failed, rows }: Found): Omit<Next, 'command'> | undefined {
  const { batch: current = 0, batches } = record;
  const next = batches.find(({ index, phase }) => {
    if (index < current) return false;
    if (rows !== undefined) return rows.some((row) => isNamed({ batch: index }, row) && canBeSkipped(row));
    return phase === 'failed' ? failed.length > 0 : phase === 'pending' || phase === 'waiting';
  });
  return next && { batch: next.index };
}

function isAboutToStop({ direction }: RolloutRecord, { wants }: Standing): boolean {
  return direction !== 'stop' && wants === 'abort';
}
