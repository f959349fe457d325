import type { Ports } from '../activities/frame/ports.ts';
import { acts } from '../core/messages/acts.ts';
import type { Freeze, FreezeAct } from '../core/record/freeze.ts';
import { listFreezeActs, readFreeze, switchFreeze } from '../store/freeze.ts';
import { listHeldLeases } from '../store/leases.ts';
import { noteAct } from './note-act.ts';
import type { Workflows } from './workflows.ts';

export interface AskedFreeze extends Pick<FreezeAct, 'kind' | 'by' | 'reason'> {}

/** Stops every write of the app from now on, or lets them go on; answers with the freeze as it stands after that. */
export async function freeze(
  asked: AskedFreeze,
  ports: Ports,
  workflows: Workflows,
): Promise<Freeze | undefined> {
  const { store, clock } = ports;
  const { kind, by, reason } = asked;
  await (kind === 'freeze'
    ? noteAct(ports, 'freezeIntended', { by, message: acts.freezeIntended(reason) })
    : noteAct(ports, 'liftIntended', { by, message: acts.liftIntended(reason) }));
  const now = await switchFreeze(store, { ...asked, at: new Date(clock.now()).toISOString() });
  await (now === undefined
    ? noteAct(ports, 'lifted', { by, message: acts.lifted })
    : noteAct(ports, 'frozen', { by, message: acts.frozen }));
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
  const [standing, done] = await Promise.all([readFreeze(store), listFreezeActs(store)]);
  return { freeze: standing, acts: done };
}
