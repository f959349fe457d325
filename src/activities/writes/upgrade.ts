import type { ScaleSet } from '../../azure/port.ts';
import type { Instance } from '../../core/instance/instances.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { Phase } from '../../core/record/phase.ts';

export interface Upgrade {
  readonly phase: Phase;
  /** The rows of the instances to send. */
  readonly rows: readonly LedgerRow[];
  readonly operations: readonly Operation[];
  /** How many of the batch have to wait for a later write. */
  readonly remaining: number;
  /** As it was read just now. */
  readonly set: ScaleSet;
  /** As they were seen just now. */
  readonly instances: readonly Instance[];
  /** Whether it is sent while other operations may still be running. */
  readonly sliding?: true;
}
