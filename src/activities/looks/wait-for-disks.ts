import { waits } from '../../core/messages/waits.ts';
import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { Phase } from '../../core/record/phase.ts';
import type { Answer } from '../../core/run/answer.ts';
import { untilDisksShow } from '../../core/run/disk-rows.ts';
import type { Step } from '../frame/step.ts';
import { wait } from '../frame/wait.ts';

/** Right after a disk write, views may show the disks from before; in a rollback that would look finished. */
export async function waitForDisks(
  step: Step,
  {
    phase,
    outstanding,
    operations,
  }: {
    readonly phase: Phase;
    readonly outstanding: readonly LedgerRow[];
    readonly operations: readonly Operation[];
  },
): Promise<Answer | undefined> {
  const { viewLagSeconds } = step.pace;
  const milliseconds = untilDisksShow(outstanding, operations, { now: step.now, viewLagSeconds });
  if (milliseconds === 0) return undefined;
  return wait(step, {
    seconds: milliseconds / 1000,
    phase,
    waitingFor: {
      kind: 'operation',
      batch: step.batch,
      message: waits.disks,
    },
  });
}
