import { createHash, generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startIssuer, type Issuer } from '../../local/issuer/server.ts';
import { AUDIENCE, createSigner, idOf, TENANT } from '../../local/issuer/tokens.ts';
import { ensureBuilt } from '../../tools/built.ts';
import { spawnHost, type ChildHost } from '../host/support/child-host.ts';
import { FORGED } from '../identity/forged.ts';
import { goodToken, hostileTokens, type Forge } from '../identity/hostile.ts';
import { theApp } from '../lab/bound-app.ts';
import { ENCRYPTION_KEYS } from '../lab/cipher.ts';
import { ask } from './support/app.ts';

const ROOT = join(import.meta.dirname, '..', '..');

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = pair.publicKey.export({ format: 'jwk' });
const kid = createHash('sha256').update(JSON.stringify(jwk)).digest('base64url');

let issuer: Issuer;
let host: ChildHost;
let forge: Forge;
beforeAll(async () => {
  await ensureBuilt(ROOT);
  const signer = await createSigner();
  issuer = await startIssuer(0, { ...signer, publicKey: { ...jwk, kid, use: 'sig', alg: 'RS256' } });
  forge = { kid, key: pair.privateKey, issuer: `${issuer.url}/${TENANT}/v2.0` };
  host = await spawnHost(['--app', ROOT], {
    // Neither is there: whoever is let in is told so, and that is no 401.
    AzureWebJobsStorage: 'UseDevelopmentStorage=true',
    ROLLOUT_ARM_ENDPOINT: 'http://127.0.0.1:9',
    ROLLOUT_AUTH: 'entra',
    ROLLOUT_ENCRYPTION_KEYS: ENCRYPTION_KEYS,
    ROLLOUT_AUTHORITY: issuer.url,
    ROLLOUT_TENANT: TENANT,
    ROLLOUT_AUDIENCE: AUDIENCE,
  });
});
afterAll(async () => {
  await host[Symbol.asyncDispose]();
  await issuer.close();
});

/** Those that need no token: the health, and the files of the page, which tell nothing. */
const OPEN: ReadonlySet<string> = new Set(['getHealth', 'getPage']);

/** Every other route that the app registers. */
async function routes(): Promise<readonly (readonly [method: string, path: string])[]> {
  const app = await theApp();
  const found = app.functions('httpTrigger').flatMap(({ name, trigger }) => {
    const { route, methods } = trigger as unknown as {
      readonly route: string;
      readonly methods: readonly string[];
    };
    const path = `/api/${route.replaceAll(/\{[^}]+\}/g, 'x')}`;
    return OPEN.has(name) ? [] : methods.map((method) => [method, path] as const);
  });
  expect(found.length).toBeGreaterThan(20);
  return found;
}

const send = (method: string, path: string, headers: Record<string, string> = {}) =>
  ask(`${host.origin}${path}`, method, method === 'POST' ? {} : undefined, headers);

const UNAUTHENTICATED = { status: 401, body: { code: 'unauthenticated', detail: expect.any(String) } };

describe('whoever shows no token that counts', () => {
  it('is 401 on every route, and told the health', async () => {
    for (const [method, path] of await routes()) {
      const answer = await send(method, path);
      expect(answer, `${method} ${path}`).toMatchObject(UNAUTHENTICATED);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
    expect(await send('GET', '/api/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
    const page = await send('GET', '/api/dashboard/rollouts/x');
    expect(page).toMatchObject({ status: 200, text: expect.stringMatching(/^<!doctype html>/) });
  });

  // Feature [Deployment] Names in headers count for nothing (Deployment)
  //   shown by: whoever shows no token that counts > is 401 on every route with a principal
  it.each(FORGED)('is 401 on every route with %s', async (_what, headers) => {
    for (const [method, path] of await routes()) {
      const answer = await send(method, path, headers);
      expect(answer, `${method} ${path}`).toMatchObject(UNAUTHENTICATED);
    }
  });

  it('is 401 with a key or a token in the query', async () => {
    const token = goodToken(forge);
    for (const query of ['code=a2V5', `access_token=${token}`, `code=${token}&clientId=default`]) {
      expect(await send('GET', `/api/rollouts?${query}`)).toMatchObject(UNAUTHENTICATED);
    }
  });

  // Feature [Deployment] Each caller known by a token that the app verifies itself (Deployment)
  it('is 401 with any hostile token, and never makes the app fail', async () => {
    for (const [name, token] of hostileTokens(forge)) {
      const headers = { authorization: `Bearer ${token}` };
      for (const [method, path] of [
        ['GET', '/api/rollouts'],
        ['POST', '/api/rollouts/x/approve'],
      ] as const) {
        const answer = await send(method, path, headers);
        // What is too large for any header is turned away before the app sees it.
        if (name === 'that is oversized' && answer.status === 431) continue;
        expect(answer, name).toMatchObject(UNAUTHENTICATED);
      }
      expect(host.stderr()).not.toContain(token.slice(0, 60));
    }
  });
});

describe('whoever shows one that does', () => {
  // There is no storage, so that nobody can know what the policy gives them.
  const NOTHING = { status: 503, body: { code: 'unavailable' } };

  it('is let in as a person or as an application', async () => {
    for (const subject of [{ user: 'ada' }, { application: 'pipeline' }]) {
      const claims =
        'user' in subject
          ? {}
          : { scp: undefined, oid: idOf('p'), sub: idOf('p'), azp: idOf('c'), preferred_username: undefined };
      const headers = { authorization: `Bearer ${goodToken(forge, claims)}` };
      expect(await send('POST', '/api/rollouts', headers)).toMatchObject(NOTHING);
      expect(await send('POST', '/api/plans', headers)).toMatchObject(NOTHING);
    }
  });

  it('is not asked for the scheme in one spelling', async () => {
    const headers = { authorization: `bearer ${goodToken(forge)}` };
    expect(await send('POST', '/api/rollouts', headers)).toMatchObject(NOTHING);
  });

  it('in a browser changes something only from our own page', async () => {
    const handedOn = { 'x-ms-token-aad-id-token': goodToken(forge, { scp: undefined, azp: undefined }) };
    expect(await send('POST', '/api/rollouts', handedOn)).toMatchObject({
      status: 403,
      body: { code: 'foreignOrigin', remedy: expect.stringContaining('X-Requested-With') },
    });
    const ours = { ...handedOn, 'x-requested-with': 'vmss-rollout' };
    expect(await send('POST', '/api/rollouts', ours)).toMatchObject(NOTHING);
    expect(await send('POST', '/api/rollouts', { ...ours, origin: 'https://evil.example' })).toMatchObject({
      status: 403,
    });
    expect(await send('GET', '/api/rollouts?phase=nonsense', handedOn)).toMatchObject(NOTHING);
  });
});
