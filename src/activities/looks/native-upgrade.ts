import type { Compute, ScaleSetAddress, Write } from '../../azure/port.ts';
import { refused } from '../../core/messages/refused.ts';
import { wordOf } from '../../core/model/rolling-upgrade.ts';
import type { Phase } from '../../core/record/phase.ts';
import { leave } from '../frame/leave.ts';
import type { Leave } from '../frame/leave.ts';
import type { Step } from '../frame/step.ts';
import { wait } from '../frame/wait.ts';
import { readOrLeave } from './reads.ts';

/** How a write is held up by Azure's own rolling upgrade, which ends sooner or later. */
export const NATIVE_UPGRADE = {
  seconds: 120,
  code: 'nativeUpgradeRunning',
  message: refused.nativeUpgradeRunning(undefined),
} as const;

/**
 * Anybody may start a rolling upgrade of any scale set, and Azure does so with automatic OS upgrades: nothing is taken
 * down while one runs.
 */
export async function waitForNativeUpgrade(step: Step, phase: Phase): Promise<Leave | undefined> {
  const read = () => step.compute.rollingUpgrade(step.address);
  const upgrade = await readOrLeave(step, { name: 'scaleSet', phase, read });
  if (upgrade.kind === 'leave') return upgrade;
  // fence I14: nothing is written while a rolling upgrade of Azure itself runs
  if (upgrade.value.kind === 'idle') return undefined;
  const { seconds } = NATIVE_UPGRADE;
  const message = refused.nativeUpgradeRunning(wordOf(upgrade.value));
  return leave(await wait(step, { seconds, phase, waitingFor: { kind: 'operation', message } }));
}

/** Whether a write was refused only because such an upgrade is running; Azure has no separate code for that. */
export async function isHeldByAzure(
  answer: Write,
  address: ScaleSetAddress,
  compute: Compute,
): Promise<boolean> {
  if (answer.kind !== 'refused' || answer.status !== 409) return false;
  const read = await compute.rollingUpgrade(address);
  return read.kind === 'ok' && read.value.kind !== 'idle';
}
