import { leavesNone } from '../actions/asked.ts';
import type { InstanceAction } from '../actions/table.ts';
import type { DiskWork } from '../instance/disks.ts';
import type { Instance } from '../instance/instances.ts';
import type { Off } from '../instance/power.ts';
import type { InstanceFailure } from './evidence.ts';
import type { Quarantine } from './quarantine.ts';
import type { Counts, Direction } from './rollout.ts';

/** How far an instance is. In a rollback `pending` means: still to be rolled back. */
export const LEDGER_STATES = [
  'pending',
  'upgrading',
  'settling',
  'done',
  'failed',
  'skipped',
  'gone',
  'quarantined',
] as const;

export type LedgerState = (typeof LEDGER_STATES)[number];

/** What the rollout knows of one instance; views may lag, the ledger does not. */
export interface LedgerRow {
  readonly instanceId: string;
  readonly name: string;
  readonly updateDomain?: number;
  readonly faultDomain?: number;
  readonly zone?: string;
  readonly batch: number;
  readonly direction: Direction;
  readonly state: LedgerState;
  /** What is done to it, in this order, and how many of these are done. */
  readonly actions: readonly InstanceAction[];
  readonly actionsDone: number;
  /** What is attached to it and detached from it, in the direction of the row. */
  readonly disks?: DiskWork;
  /** How it was off before the rollout began with it: a rollback leaves it so. */
  readonly found?: Off;
  /** It did not serve when the plan was made. */
  readonly unserving?: true;
  /** It is off in the end, and until then nothing is asked of its guest. */
  readonly isCold?: true;
  /** Whether an upgrade was ever sent for it: only such instances are rolled back. */
  readonly touched: boolean;
  /** The machine that was meant; another one may have its instance id by now. */
  readonly vmId?: string;
  readonly imageBefore: string;
  readonly imageNow: string;
  readonly attempts: number;
  /** Key of its latest write. */
  readonly operation?: string;
  readonly acceptedAt?: string;
  readonly operationEndedAt?: string;
  /** Reading of the rollout's active clock at which it must be healthy. */
  readonly healthyBySeconds?: number;
  /** Start of the unbroken run of healthy observations. */
  readonly healthySince?: string;
  /** When the sign was made that began it, by its own time; absent where that tells nothing of how long it took. */
  readonly wellAt?: string;
  /** How often it was well and then was not, before it counted as settled. */
  readonly lapses?: number;
  /** Start of the unbroken run of looks at which it did not serve, after it had been well. */
  readonly badSince?: string;
  readonly failure?: InstanceFailure;
  /** What it failed of before it was tried again or rolled back, oldest first. */
  readonly earlierFailures?: readonly InstanceFailure[];
  readonly skipReason?: string;
  readonly quarantine?: Quarantine;
  /** Which side of the change it was on when the rollout stopped before it had settled. */
  readonly ended?: 'before' | 'after' | 'unknown';
  readonly latestModelApplied?: boolean;
  readonly provisioningState?: string;
  readonly power?: string;
  readonly health?: string;
  readonly updatedAt: string;
}

/** What comes next for an instance; `undefined` when all is done. */
export function nextAction({ actions, actionsDone }: LedgerRow): InstanceAction | undefined {
  return actions[actionsDone];
}

/** One write does one thing: those come first that are furthest, since they may be down meanwhile. */
export function sameAction(rows: readonly LedgerRow[]): readonly LedgerRow[] {
  const furthest = rows.reduce((step, row) => Math.max(step, row.actionsDone), 0);
  const first = rows.find((row) => row.actionsDone === furthest);
  return rows.filter(
    (row) => first !== undefined && row.actionsDone === furthest && nextAction(row) === nextAction(first),
  );
}

/** One action is done; the row waits for the next one to be sent. */
export function nextStep({
  operation: _key,
  healthyBySeconds: _by,
  healthySince: _since,
  ...row
}: LedgerRow): LedgerRow {
  return { ...row, state: 'pending', actionsDone: row.actionsDone + 1, attempts: 0 };
}

/** What goes off, or stays so, waits until all others of the batch are done: they may need the room. */
export function coldLast(rows: readonly LedgerRow[]): readonly LedgerRow[] {
  const warm = rows.filter(({ isCold }) => isCold !== true);
  return warm.length > 0 ? warm : rows;
}

/** Who does not serve anyway goes before the others of its batch: its upgrade costs nobody anything. */
export function unservingFirst(rows: readonly LedgerRow[]): readonly LedgerRow[] {
  const first = rows.filter(({ unserving, direction }) => unserving === true && direction === 'forward');
  return first.length > 0 ? first : rows;
}

/** An instance that may be down because of this rollout, whatever a lagging view says. */
export function isUnderWay(row: LedgerRow): boolean {
  return row.state === 'upgrading' || row.state === 'settling';
}

/** Between two actions an instance may be down, whatever its view still says. */
export function isHalfDone({ state, actionsDone }: LedgerRow): boolean {
  return state === 'pending' && actionsDone > 0;
}

/** A row whose instance is there no more: where a write of ours was to take it away, that is what was asked for. */
export function whenGone(row: LedgerRow): LedgerRow {
  // fence I15: only an instance that this rollout was taking away counts as deleted by it
  return { ...row, state: isDeletedByUs(row) ? 'done' : 'gone' };
}

/** Whether an instance is gone because a write of this rollout took it away, or is about to. */
function isDeletedByUs(row: LedgerRow): boolean {
  return leavesNone(row.actions) && (isUnderWay(row) || row.state === 'done');
}

/** How many of those that are still there will not be, once all is done. */
export function leavingIn(rows: readonly LedgerRow[], instances: readonly Instance[]): number {
  const there = new Set(instances.map(({ instanceId }) => instanceId));
  return rows.filter(
    (row) =>
      leavesNone(row.actions) && there.has(row.instanceId) && (row.state === 'pending' || isUnderWay(row)),
  ).length;
}

/** Whether the instance is another machine than the row's, made since under an id that was free again. */
export function isAnother(row: LedgerRow, instance: Instance | undefined): boolean {
  // fence I15: a new machine under an old id is not taken for the old one
  return row.vmId !== undefined && instance?.vmId !== undefined && row.vmId !== instance.vmId;
}

export function isOver(row: LedgerRow): boolean {
  return row.state === 'done' || row.state === 'failed' || isLeftOut(row);
}

/** Nothing is to be done with it any more, and nothing was achieved either. */
export function isLeftOut({ state }: LedgerRow): boolean {
  return state === 'skipped' || state === 'quarantined' || state === 'gone';
}

export function countRows(rows: readonly LedgerRow[]): Counts {
  const count = (matches: (row: LedgerRow) => boolean): number => rows.filter(matches).length;
  return {
    total: rows.length,
    upgraded: count((row) => row.direction === 'forward' && row.state === 'done'),
    upgrading: count(isUnderWay),
    pending: count((row) => row.state === 'pending'),
    failed: count((row) => row.state === 'failed'),
    skipped: count((row) => row.state === 'skipped' || row.state === 'quarantined'),
    gone: count((row) => row.state === 'gone'),
    rolledBack: count((row) => row.direction === 'rollback' && row.state === 'done'),
  };
}
