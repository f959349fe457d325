import type { RequestTraits } from '../calls/call.ts';
import { faultFor } from '../faults/match.ts';
import type { Reply } from '../calls/call.ts';
import type { World } from '../world.ts';

/** An accepted write whose operation cannot be found where its headers say, if a fault wants it so. */
export function strayed(world: World, traits: RequestTraits, reply: Reply): Reply {
  if (reply.headers?.['azure-asyncoperation'] === undefined) return reply;
  const fault = faultFor(world, 'strayOperationUrl', traits);
  if (fault === undefined) return reply;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(reply.headers)) {
    const strays = fault.headers.some((header) => header === name);
    if (!strays) headers[name] = value;
    else if (fault.to !== 'nowhere') headers[name] = elsewhere(world, value, fault.to);
  }
  return { ...reply, headers };
}

function elsewhere(world: World, value: string, to: 'otherHost' | 'unknownOperation'): string {
  const url = new URL(value);
  if (to === 'otherHost') return `https://management.elsewhere.invalid${url.pathname}${url.search}`;
  url.pathname = url.pathname.replace(/[^/]+$/, world.random('strays').guid());
  return url.toString();
}
