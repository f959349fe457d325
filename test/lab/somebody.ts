import { send } from './az.ts';
import type { Lab } from './lab.ts';
import { WEB } from './names.ts';

/** A request of somebody else to the scale set `web`, straight to the service; gives the status. */
export async function somebody(lab: Lab, method: string, path = '', body?: unknown): Promise<number> {
  const request = new Request(`http://127.0.0.1${WEB}${path}?api-version=2026-04-01`, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });
  return (await send(lab, request)).status;
}
