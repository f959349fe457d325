import type { Answer } from '../core/answer.ts';
import { untilDisksShow } from '../core/disk-rows.ts';
import type { LedgerRow } from '../core/ledger.ts';
import type { Operation } from '../core/operation.ts';
import type { Phase } from '../core/rollout.ts';
import { wait } from './brief.ts';
import type { Brief } from './brief.ts';
import type { StepInput } from './define.ts';
import type { Ports } from './ports.ts';

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
  return wait(brief, ports, {
    seconds: milliseconds / 1000,
    phase,
    waitingFor: {
      kind: 'operation',
      batch: input.batch,
      message: 'waits until Azure shows the data disks as they are now',
    },
  });
}
