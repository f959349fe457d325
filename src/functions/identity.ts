import { userInfo } from 'node:os';
import type { HttpRequest } from '@azure/functions';
import { ROLES } from '../core/access/caller.ts';
import type { Caller } from '../core/access/caller.ts';
import { http } from '../core/messages/http.ts';
import type { Refused, Verify, Way } from '../identity/token.ts';
import { isReading } from './callers.ts';
import type { Problem } from './problem.ts';

/** Who calls: asked for each request before its function runs, and then told to the function. */
export interface Identity {
  /** What is wrong with whoever sends this, if anything. */
  readonly authenticate: (request: HttpRequest) => Promise<Problem | undefined>;
  /** Whoever sent it; only after that. */
  readonly callerOf: (request: HttpRequest) => Caller;
}

/** Whoever runs the app on this machine, who may do everything. */
export const localIdentity: Identity = {
  authenticate: () => Promise.resolve(undefined),
  callerOf: () => ({ kind: 'user', name: userInfo().username, roles: ROLES, isAnybody: true }),
};

/**
 * Whoever shows a token of Microsoft Entra. Headers in which an authentication in front writes names
 * (`x-ms-client-principal…`) are never looked at: anybody can send them. What it hands on is a token like any other.
 */
export function entraIdentity(verify: Verify): Identity {
  const callers = new WeakMap<HttpRequest, Caller>();
  return {
    async authenticate(request) {
      const shown = tokenIn(request.headers);
      if (shown === undefined) return unauthenticated('missing');
      const verdict = await verify(shown.token, shown.way);
      if (verdict.kind === 'refused') return unauthenticated(verdict.why);
      if (shown.way === 'handedOn' && !isReading(request) && !request.headers.has(OWN_HEADER))
        return NOT_OURS;
      callers.set(request, verdict.caller);
      return undefined;
    },
    callerOf(request) {
      const caller = callers.get(request);
      if (caller === undefined) throw new Error('nobody was authenticated');
      return caller;
    },
  };
}

/** A page elsewhere can make a browser send its cookie, never this header. */
const OWN_HEADER = 'x-requested-with';

interface Shown {
  readonly token: string;
  readonly way: Way;
}

/** What is no bearer's token is one that does not count, whatever else is there. */
function tokenIn(headers: HttpRequest['headers']): Shown | undefined {
  const authorization = headers.get('authorization');
  if (authorization !== null)
    return { token: /^bearer +(\S+)$/i.exec(authorization)?.[1] ?? '', way: 'bearer' };
  const token = headers.get('x-ms-token-aad-id-token');
  return token === null ? undefined : { token, way: 'handedOn' };
}

function unauthenticated(why: Refused): Problem {
  if (why === 'noKeys') return { status: 503, code: 'noKeys', detail: http.noKeys, retryAfterSeconds: 15 };
  return {
    status: 401,
    code: 'unauthenticated',
    detail: http.unauthenticated[why],
    remedy: http.unauthenticatedRemedy,
  };
}

const NOT_OURS: Problem = {
  status: 403,
  code: 'foreignOrigin',
  detail: http.notOurs,
  remedy: http.notOursRemedy,
};
