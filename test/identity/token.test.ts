import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startIssuer, type Issuer } from '../../local/issuer/server.ts';
import { AUDIENCE, createSigner, idOf, TENANT } from '../../local/issuer/tokens.ts';
import { createVerifier } from '../../src/identity/token.ts';
import { goodToken, hostileTokens, type Forge } from './hostile.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = pair.publicKey.export({ format: 'jwk' });
const kid = createHash('sha256').update(JSON.stringify(jwk)).digest('base64url');
const published = { ...jwk, kid, use: 'sig', alg: 'RS256' };

let issuer: Issuer;
let forge: Forge;
beforeAll(async () => {
  const signer = await createSigner();
  issuer = await startIssuer(0, { ...signer, publicKey: published });
  forge = { kid, key: pair.privateKey, issuer: `${issuer.url}/${TENANT}/v2.0` };
});
afterAll(() => issuer.close());

const verifier = () => createVerifier({ authority: issuer.url, tenant: TENANT, audience: AUDIENCE });

describe('a token counts', () => {
  it('of a person, by name and object id, with our roles and no others', async () => {
    const token = goodToken(forge, { roles: ['approver', 'Global Administrator'] });
    expect(await verifier()(token, 'bearer')).toEqual({
      kind: 'caller',
      caller: { kind: 'user', name: `ada@local.example (${idOf('user ada')})`, roles: ['approver'] },
    });
  });

  it.each([[{ idtyp: 'app' }], [{}]])('of an application, told from a person (%j)', async (more) => {
    const oid = idOf('application pipeline');
    const azp = idOf('client pipeline');
    const claims = { oid, sub: oid, azp, scp: undefined, preferred_username: undefined, ...more };
    expect(await verifier()(goodToken(forge, claims), 'bearer')).toEqual({
      kind: 'caller',
      caller: {
        kind: 'application',
        name: `application ${azp} (${oid})`,
        roles: ['requester', 'operator', 'admin'],
      },
    });
  });

  it('of a browser that the authentication in front has signed in, from there only', async () => {
    const idToken = goodToken(forge, { scp: undefined, azp: undefined });
    expect(await verifier()(idToken, 'handedOn')).toMatchObject({ kind: 'caller', caller: { kind: 'user' } });
    expect(await verifier()(idToken, 'bearer')).toEqual({ kind: 'refused', why: 'foreign' });
  });

  it('although clocks differ by half a minute', async () => {
    const now = Math.floor(Date.now() / 1000);
    expect(await verifier()(goodToken(forge, { exp: now - 30 }), 'bearer')).toMatchObject({ kind: 'caller' });
    expect(await verifier()(goodToken(forge, { nbf: now + 30 }), 'bearer')).toMatchObject({ kind: 'caller' });
  });
});

describe('a hostile token', () => {
  const names = hostileTokens({ kid, key: pair.privateKey, issuer: '' }).map(([name]) => name);

  it(`is refused, all ${names.length} of them`, () => expect(names.length).toBeGreaterThanOrEqual(25));

  it.each(names)('%s does not count', async (name) => {
    const [, token = ''] = hostileTokens(forge).find(([known]) => known === name) ?? [];
    // A good one first: the keys are there, and it is the token that is refused.
    const verify = verifier();
    expect(await verify(goodToken(forge), 'bearer')).toMatchObject({ kind: 'caller' });
    const verdict = await verify(token, 'bearer');
    expect(verdict).toMatchObject({ kind: 'refused' });
    expect(verdict).not.toMatchObject({ why: 'noKeys' });
  });
});

describe('keys that cannot be read', () => {
  it.each<[string, number, string, Record<string, string>]>([
    ['an error', 500, '', {}],
    ['a redirection', 302, '', { location: 'http://127.0.0.1:9/keys' }],
    ['a page', 200, '<html>', {}],
    ['something else', 200, '{"keys":7}', {}],
  ])('are no fault of the token: %s', async (_what, status, body, headers) => {
    const server = createServer((_request, response) => response.writeHead(status, headers).end(body));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const authority = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const verify = createVerifier({ authority, tenant: TENANT, audience: AUDIENCE });
      expect(await verify(goodToken(forge), 'bearer')).toEqual({ kind: 'refused', why: 'noKeys' });
    } finally {
      server.close();
    }
  });

  it('nor is a directory that is away', async () => {
    const verify = createVerifier({ authority: 'http://127.0.0.1:9', tenant: TENANT, audience: AUDIENCE });
    expect(await verify(goodToken(forge), 'bearer')).toEqual({ kind: 'refused', why: 'noKeys' });
  });
});
