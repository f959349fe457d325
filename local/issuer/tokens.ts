import { createHash } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';

/** The directory and the registration that the local issuer stands for. */
export const TENANT = '00000000-0000-4000-8000-000000000002';
export const AUDIENCE = '00000000-0000-4000-8000-0000000000a9';

/** What somebody may do who asks for no role by name. */
export const USUAL_ROLES: readonly string[] = ['requester', 'approver', 'operator'];

const LIFETIME_SECONDS = 3600;

export interface Subject {
  /** A person's name; whoever has none is an application. */
  readonly user?: string | undefined;
  /** What the person is called instead; their object id is that of `user`. */
  readonly alias?: string;
  readonly application?: string | undefined;
  readonly roles: readonly string[];
  /** Object ids of groups. */
  readonly groups?: readonly string[];
}

/** One key pair, and the tokens that it signs: shaped like version 2 of Microsoft Entra's. */
export interface Signer {
  readonly publicKey: JWK;
  sign(issuer: string, subject: Subject): Promise<string>;
}

export async function createSigner(now: () => number = Date.now): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = await exportJWK(publicKey);
  const kid = createHash('sha256').update(JSON.stringify(jwk)).digest('base64url').slice(0, 27);
  return {
    publicKey: { ...jwk, kid, use: 'sig', alg: 'RS256' },
    sign(issuer, subject) {
      const seconds = Math.floor(now() / 1000);
      return new SignJWT(claimsOf(subject))
        .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setIssuedAt(seconds)
        .setNotBefore(seconds)
        .setExpirationTime(seconds + LIFETIME_SECONDS)
        .sign(privateKey);
    },
  };
}

/** A person's token has a scope and another subject in each registration; an application's has neither. */
function claimsOf({
  user,
  alias = user,
  application = 'pipeline',
  roles,
  groups,
}: Subject): Record<string, unknown> {
  const shared = { ver: '2.0', tid: TENANT, ...(roles.length > 0 && { roles }), ...(groups && { groups }) };
  if (user === undefined) {
    const oid = idOf(`application ${application}`);
    return { ...shared, oid, sub: oid, azp: idOf(`client ${application}`), idtyp: 'app' };
  }
  return {
    ...shared,
    oid: idOf(`user ${user}`),
    sub: createHash('sha256').update(user).digest('base64url'),
    azp: idOf('client of people'),
    scp: 'user_impersonation',
    name: alias,
    preferred_username: `${alias}@local.example`,
  };
}

/** The same id for the same name, in every run. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
