import type { Compute, ScaleSetAddress, Write } from '../../azure/port.ts';
import { refused } from '../../core/messages/refused.ts';

/** How a write is held up by a rolling upgrade of Azure itself, which ends sooner or later. */
export const NATIVE_UPGRADE = {
  seconds: 120,
  code: 'nativeUpgradeRunning',
  message: refused.nativeUpgradeRunning,
} as const;

/** Whether a write was refused only because such an upgrade runs; the service has no code of its own for that. */
export async function isHeldByAzure(
  answer: Write,
  address: ScaleSetAddress,
  compute: Compute,
): Promise<boolean> {
  if (answer.kind !== 'refused' || answer.status !== 409) return false;
  const read = await compute.rollingUpgrade(address);
  return read.kind === 'ok' && read.value === 'running';
}
