import type { LedgerRow } from '../../core/record/ledger.ts';
import type { Operation } from '../../core/record/operation.ts';
import type { Phase } from '../../core/record/phase.ts';
import type { Answer } from '../../core/run/answer.ts';
import { untilDisksShow } from '../../core/run/disk-rows.ts';
import { wait } from '../frame/brief.ts';
import type { Brief } from '../frame/brief.ts';
import type { StepInput } from '../frame/define.ts';
import type { Ports } from '../frame/ports.ts';

/** Right after a write of disks the views may show those of before: on the way back that would look like done. */
export async function waitForDisks(
  brief: Brief,
  ports: Ports,
  {
    input,
    phase,
    outstanding,
    operations,
  }: {
    readonly input: StepInput;
    readonly phase: Phase;
    readonly outstanding: readonly LedgerRow[];
    readonly operations: readonly Operation[];
  },
): Promise<Answer | undefined> {
  const { viewLagSeconds } = ports.pace;
  const milliseconds = untilDisksShow(outstanding, operations, { now: brief.now, viewLagSeconds });
  if (milliseconds === 0) return undefined;
  return wait(brief, {
    seconds: milliseconds / 1000,
    phase,
    waitingFor: {
      kind: 'operation',
      batch: input.batch,
      message: 'waits until Azure shows the data disks as they are now',
    },
  });
}
