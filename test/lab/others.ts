import { send } from './az.ts';
import { WEB } from './lab.ts';
import type { Lab } from './lab.ts';

/** Lets seconds pass. */
export async function pass(lab: Lab, seconds: number): Promise<undefined> {
  await lab.host.advance(seconds * 1000);
}

/** Another client's write; `action` as in `/deallocate`. */
export async function writeByHand(lab: Lab, method: string, body?: object, action = ''): Promise<void> {
  const url = `https://management.azure.com${WEB}${action}?api-version=2024-07-01`;
  const headers = { 'content-type': 'application/json' };
  const response = await send(
    lab,
    new Request(url, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }),
  );
  if (!response.ok) throw new Error(`${method}: ${response.status} ${await response.text()}`);
}

export async function abortHalfWay(lab: Lab, version: string): Promise<string> {
  const id = await lab.start({ change: { image: { version } } });
  await lab.until(id, (rollout) => rollout.batch === 1 && rollout.instances.upgrading === 3);
  await lab.send(id, 'abort');
  await lab.toEnd(id);
  return id;
}

export function secondsOf({ host, sim }: Lab): number {
  return Math.ceil((host.clock.now() - sim.settings.started) / 1000);
}
