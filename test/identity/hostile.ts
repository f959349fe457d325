import { createHmac, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { AUDIENCE, idOf, TENANT } from '../../local/issuer/tokens.ts';

/** Made by hand, not by the library that verifies: header, claims and signature as an attacker would write them. */
export interface Forge {
  /** The published key, and the one that signs for it. */
  readonly kid: string;
  readonly key: KeyObject;
  readonly issuer: string;
}

type Json = Readonly<Record<string, unknown>>;

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function signed(header: Json, claims: unknown, key: KeyObject, hash = 'sha256'): string {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${sign(hash, Buffer.from(input), key).toString('base64url')}`;
}

function hmac(header: Json, claims: Json, secret: string | Buffer): string {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** A token of a person that counts; every hostile one differs from it in one thing. */
export function goodClaims({ issuer }: Forge): Json {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: issuer,
    aud: AUDIENCE,
    tid: TENANT,
    ver: '2.0',
    oid: idOf('user ada'),
    sub: 'subject-of-ada',
    azp: idOf('client of people'),
    scp: 'user_impersonation',
    preferred_username: 'ada@local.example',
    roles: ['requester', 'operator', 'admin'],
    iat: now,
    nbf: now,
    exp: now + 3600,
  };
}

export function goodToken(forge: Forge, changes: Json = {}): string {
  return signed(
    { typ: 'JWT', alg: 'RS256', kid: forge.kid },
    { ...goodClaims(forge), ...changes },
    forge.key,
  );
}

const without = (claims: Json, name: string): Json =>
  Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));

/** Name and token of each; no two are refused for one reason in one place. */
export function hostileTokens(forge: Forge): readonly (readonly [name: string, token: string])[] {
  const claims = goodClaims(forge);
  const header = { typ: 'JWT', alg: 'RS256', kid: forge.kid };
  const now = Math.floor(Date.now() / 1000);
  const having = (changes: Json): string => goodToken(forge, changes);
  const lacking = (name: string): string => signed(header, without(claims, name), forge.key);
  const mine = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const [head = '', body = '', signature = ''] = goodToken(forge).split('.');
  const publicPem = createPublicKey(forge.key).export({ type: 'spki', format: 'pem' });
  const ownJwk = mine.publicKey.export({ format: 'jwk' });
  const es = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return [
    ['of another issuer', having({ iss: 'https://login.microsoftonline.com/common/v2.0' })],
    ['of version 1', having({ iss: `https://sts.windows.net/${TENANT}/`, ver: '1.0' })],
    ['that says version 1 only', having({ ver: '1.0' })],
    ['for another audience', having({ aud: '00000003-0000-0000-c000-000000000000' })],
    ['for several audiences', having({ aud: [AUDIENCE, '00000003-0000-0000-c000-000000000000'] })],
    ['without an audience', lacking('aud')],
    ['of another tenant, under our issuer', having({ tid: idOf('another tenant') })],
    ['without a tenant', lacking('tid')],
    ['that has expired', having({ iat: now - 7200, nbf: now - 7200, exp: now - 120 })],
    ['that never expires', lacking('exp')],
    ['that expires as a text', having({ exp: String(now + 3600) })],
    ['that is not yet valid', having({ nbf: now + 600 })],
    ['without a begin', lacking('nbf')],
    ['without a signature', `${encode({ ...header, alg: 'none' })}.${encode(claims)}.`],
    ['of no algorithm, signed all the same', signed({ ...header, alg: 'none' }, claims, forge.key)],
    ['of no algorithm in capitals', signed({ ...header, alg: 'NoNe' }, claims, forge.key)],
    ['signed with the public key as a secret', hmac({ ...header, alg: 'HS256' }, claims, publicPem)],
    ['signed with an empty secret', hmac({ ...header, alg: 'HS256' }, claims, '')],
    ['of an algorithm that we do not take', signed({ ...header, alg: 'RS512' }, claims, forge.key, 'sha512')],
    ['of a curve', signed({ ...header, alg: 'ES256' }, claims, es.privateKey)],
    ['signed by somebody else under our key id', signed(header, claims, mine.privateKey)],
    ['with a key id that is not published', signed({ ...header, kid: 'unknown' }, claims, mine.privateKey)],
    ['without a key id', signed(without(header, 'kid'), claims, forge.key)],
    [
      'with a key id that is a path',
      signed({ ...header, kid: '../../../dev/null' }, claims, mine.privateKey),
    ],
    ['that brings its own key', signed({ ...header, jwk: ownJwk }, claims, mine.privateKey)],
    [
      'that names where its keys are',
      signed({ ...header, jku: 'http://127.0.0.1:9/keys' }, claims, mine.privateKey),
    ],
    ['with an unknown critical header', signed({ ...header, crit: ['b64'], b64: false }, claims, forge.key)],
    ['of another type', signed({ ...header, typ: 'secevent+jwt' }, claims, forge.key)],
    ['whose claims were changed', `${head}.${encode({ ...claims, oid: idOf('user eve') })}.${signature}`],
    ['whose signature was cut', `${head}.${body}.${signature.slice(0, -8)}`],
    ['of five parts', `${head}.${body}.${signature}.${body}.${signature}`],
    ['that is oversized', having({ padding: 'x'.repeat(20_000) })],
    ['whose claims are no object', signed(header, [claims], forge.key)],
    ['whose header is no object', `${encode('[]')}.${body}.${signature}`],
    ['that is no token', 'hunter2'],
    ['of a person without our scope', having({ scp: 'User.Read' })],
    ['of an application that claims a scope', having({ idtyp: 'app' })],
    ['of a person as if of an application', signed(header, without(claims, 'scp'), forge.key)],
    ['without an object id', lacking('oid')],
    ['that is an id token', signed(header, without(without(claims, 'scp'), 'azp'), forge.key)],
  ];
}
