import type { Ports } from '../activities/frame/ports.ts';
import { keyOf } from '../core/access/caller.ts';
import type { ActKind } from '../core/audit/acts.ts';
import { recordAct } from '../store/audit.ts';

/** Writes into the audit what somebody is about to do, or has done: no record, no act. */
export async function noteAct(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  kind: ActKind,
  { message, by }: { readonly message: string; readonly by?: string },
): Promise<void> {
  const at = new Date(clock.now()).toISOString();
  await recordAct(store, { at, kind, message, ...(by !== undefined && { by: keyOf(by) }) });
}
