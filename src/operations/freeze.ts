import type { Ports } from '../activities/frame/ports.ts';
import type { Freeze, FreezeAct } from '../core/record/freeze.ts';
import { listFreezeActs, readFreeze, switchFreeze } from '../store/freeze.ts';
import { listHeldLeases } from '../store/leases.ts';
import type { Workflows } from './workflows.ts';

export interface AskedFreeze extends Pick<FreezeAct, 'kind' | 'by' | 'reason'> {}

/** Stops every write of the app from now on, or lets them go on; answers with the freeze as it stands after that. */
export async function freeze(
  asked: AskedFreeze,
  { store, clock }: Ports,
  workflows: Workflows,
): Promise<Freeze | undefined> {
  const now = await switchFreeze(store, { ...asked, at: new Date(clock.now()).toISOString() });
  // Whoever sleeps through it wakes some minutes later all the same.
  if (now === undefined) {
    const held = await listHeldLeases(store);
    await Promise.all(held.map(({ rolloutId }) => workflows.wake(rolloutId)));
  }
  return now;
}

/** The freeze as it stands, and everything that was ever done about it. */
export async function viewFreeze({
  store,
}: Ports): Promise<{ readonly freeze: Freeze | undefined; readonly acts: readonly FreezeAct[] }> {
  const [standing, acts] = await Promise.all([readFreeze(store), listFreezeActs(store)]);
  return { freeze: standing, acts };
}
