import type { LogEntry } from '../../local/simulator/log/entries.ts';
import { writes } from './judge.ts';
import { WEB } from './lab.ts';
import type { Lab } from './lab.ts';

/** Somebody switches instances off, or on, and the views have come to show it. */
export async function switchPower(
  lab: Lab,
  verb: 'deallocate' | 'powerOff' | 'start',
  ids: readonly string[],
): Promise<void> {
  for (const id of ids) {
    let status = 409;
    // Another write may just be being accepted.
    for (let attempt = 0; status === 409 && attempt < 5; attempt += 1) status = await send(lab, verb, id);
    if (status !== 202) throw new Error(`${verb} ${id}: HTTP ${status}`);
  }
}

async function send(lab: Lab, verb: string, id: string): Promise<number> {
  const url = `http://127.0.0.1${WEB}/virtualMachines/${id}/${verb}?api-version=2026-04-01`;
  const answer = lab.sim.fetch(new Request(url, { method: 'POST' }));
  await lab.host.advance(180_000);
  return (await answer).status;
}

/** The power states that an instance went through, by the simulator's word. */
export function powersOf(log: readonly LogEntry[], id: string): readonly string[] {
  return log.flatMap((entry) =>
    entry.kind === 'instance' && entry.instance === id && entry.change === 'power' ? [entry.value] : [],
  );
}

/** What each of these instances is at the end of the log; one that nobody has touched runs. */
export function powerNow(log: readonly LogEntry[], ids: readonly string[]): Record<string, string> {
  return Object.fromEntries(ids.map((id) => [id, powersOf(log, id).at(-1) ?? 'running']));
}

/** What was asked of which instances and accepted, in order. */
export function acts(lab: Lab, from = 0): readonly string[] {
  return writes(lab.log.slice(from)).flatMap(({ operation, instances, operationId }) =>
    instances === undefined || operationId === undefined ? [] : [`${operation} ${instances.join(',')}`],
  );
}

/** What was done to one instance. */
export function actsOn(lab: Lab, id: string, from = 0): readonly string[] {
  return acts(lab, from).flatMap((act) => {
    const [verb = '', ids = ''] = act.split(' ');
    return ids.split(',').includes(id) ? [verb] : [];
  });
}
