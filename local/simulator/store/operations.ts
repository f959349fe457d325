import type { OperationKind } from '../operations/table.ts';
import type { ProvisioningFailure } from './failure.ts';

/** A long-running operation and the opaque parts of the URL under which it is polled. */
export interface Operation {
  readonly id: string;
  readonly kind: OperationKind;
  readonly scaleSet: string;
  readonly location: string;
  readonly instances: readonly string[];
  readonly started: number;
  readonly signature: string;
  readonly pending: Set<string>;
  status: 'InProgress' | 'Succeeded' | 'Failed' | 'Canceled';
  /** The word that polls show instead of the status. */
  shown: string | undefined;
  ended: number | undefined;
  failure: ProvisioningFailure | undefined;
  onEnd: (() => void) | undefined;
  /** What the operation brought forth: the answer of `Location`, and `properties.output` of the status. */
  output: unknown;
}

export type OperationStore = Map<string, Operation>;

export function runningOn(operations: OperationStore, scaleSet: string): Operation[] {
  return [...operations.values()].filter(
    (operation) => operation.status === 'InProgress' && operation.scaleSet === scaleSet,
  );
}
