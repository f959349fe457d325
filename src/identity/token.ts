import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { ROLES } from '../core/access/caller.ts';
import type { Caller } from '../core/access/caller.ts';

export interface TokenSettings {
  /** Scheme and host of Microsoft Entra. */
  readonly authority: string;
  readonly tenant: string;
  /** Client id of the app's registration. */
  readonly audience: string;
}

/** Why a token does not count. `noKeys` is no fault of it: the published keys could not be read. */
export type Refused = 'missing' | 'malformed' | 'expired' | 'notYetValid' | 'foreign' | 'noKeys';

export type Verdict =
  | { readonly kind: 'caller'; readonly caller: Caller }
  | { readonly kind: 'refused'; readonly why: Refused };

/** How a token came: by itself, or handed on by the authentication in front, which signs browsers in with id tokens. */
export type Way = 'bearer' | 'handedOn';

export type Verify = (token: string, way: Way) => Promise<Verdict>;

/** Entra's own stay far below this, also with many groups in them. */
const MOST_CHARACTERS = 16_384;
const CLOCK_SKEW_SECONDS = 60;
const SCOPE = 'user_impersonation';
const KEY_SECONDS = 5;

const guid = z.guid();
const Claims = z.object({
  ver: z.literal('2.0'),
  tid: guid,
  oid: guid,
  sub: z.string().min(1),
  azp: guid.optional(),
  idtyp: z.string().optional(),
  scp: z.string().optional(),
  roles: z.array(z.string()).optional(),
  groups: z.array(z.string()).optional(),
  preferred_username: z.string().max(256).optional(),
});
type Claims = z.infer<typeof Claims>;

/**
 * Verifies tokens of one tenant for one audience against the keys that the tenant publishes. Whatever stands in front of
 * the app may have looked at them already: here only the signature counts.
 */
export function createVerifier(settings: TokenSettings): Verify {
  const home = `${settings.authority}/${settings.tenant}`;
  const keys = createRemoteJWKSet(new URL(`${home}/discovery/v2.0/keys`), {
    timeoutDuration: KEY_SECONDS * 1000,
  });
  return async (token, way) => {
    if (!isPlausible(token)) return refused('malformed');
    try {
      const payload = await claimsOf(token, keys, { issuer: `${home}/v2.0`, ...settings });
      const claims = Claims.safeParse(payload);
      if (!claims.success) return refused('foreign');
      const caller = claims.data.tid === settings.tenant ? callerOf(claims.data, way) : undefined;
      return caller === undefined ? refused('foreign') : { kind: 'caller', caller };
    } catch (error) {
      return refused(reasonOf(error));
    }
  };
}

interface Expected extends TokenSettings {
  readonly issuer: string;
}

async function claimsOf(token: string, keys: JWTVerifyGetKey, expected: Expected): Promise<JWTPayload> {
  const { payload } = await jwtVerify(token, keys, {
    // One, and of a public key: neither `none` nor a published key taken for a shared secret passes.
    algorithms: ['RS256'],
    issuer: expected.issuer,
    audience: expected.audience,
    typ: 'JWT',
    clockTolerance: CLOCK_SKEW_SECONDS,
    requiredClaims: ['exp', 'nbf', 'iat'],
  });
  // A list of audiences may name ours beside others; Entra's tokens are for one.
  if (payload.aud !== expected.audience) throw new errors.JWTClaimValidationFailed('aud', payload, 'aud');
  return payload;
}

function isPlausible(token: string): boolean {
  if (token.length > MOST_CHARACTERS || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return false;
  try {
    // Without a key id any published key would be tried.
    return typeof decodeProtectedHeader(token).kid === 'string';
  } catch {
    return false;
  }
}

/** Tokens of people carry a scope, those of applications do not, and say that subject and object are one. */
function callerOf(claims: Claims, way: Way): Caller | undefined {
  const { scp, idtyp, azp, sub, oid, preferred_username: name } = claims;
  const roles = ROLES.filter((role) => claims.roles?.includes(role) === true);
  const groups = claims.groups === undefined ? {} : { groups: claims.groups };
  const user = { kind: 'user', name: `${name ?? 'user'} (${oid})`, roles, ...groups } as const;
  if (scp !== undefined) return idtyp !== 'app' && scp.split(' ').includes(SCOPE) ? user : undefined;
  if (azp === undefined) return way === 'handedOn' && idtyp === undefined ? user : undefined;
  const isApplication = sub === oid && (idtyp === undefined || idtyp === 'app');
  return isApplication
    ? { kind: 'application', name: `application ${azp} (${oid})`, roles, ...groups }
    : undefined;
}

function refused(why: Refused): Verdict {
  return { kind: 'refused', why };
}

function reasonOf(error: unknown): Refused {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed)
    return error.claim === 'nbf' ? 'notYetValid' : 'foreign';
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return 'noKeys';
  // What is neither of the library nor of this file is of the network, and so is an answer of another kind.
  if (!(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC') return 'noKeys';
  return 'malformed';
}
