import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { delimiter, dirname, join } from 'node:path';
import { decodeJwt, importJWK, jwtVerify, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConnection, takeFlags } from '../../cli/connection/settings.ts';
import { tokenSource } from '../../cli/connection/sign-in.ts';
import { startIssuer, type Issuer } from '../../local/issuer/server.ts';
import { AUDIENCE, idOf, TENANT } from '../../local/issuer/tokens.ts';
import { stateFolder } from '../e2e/support/state.ts';
import { tied } from '../e2e/support/tied.ts';
import { selfSigned } from './certificate.ts';
import { ok, startScriptedApp } from './scripted-app.ts';

const BIN = join(import.meta.dirname, '..', '..', 'bin', 'vmss-rollout.js');
const LIST = { 'GET /api/rollouts?top=20': [ok({ value: [] })] };

let issuer: Issuer;
/** The same over https: the library asks no other authority. */
let secure: Issuer;
const pair = selfSigned();
beforeAll(async () => {
  issuer = await startIssuer(0);
  secure = await startIssuer(0, issuer.signer, pair);
});
afterAll(async () => {
  await issuer.close();
  await secure.close();
});

type Told = (soFar: string) => void;

/** The command line as its own process, with a home of its own and no other environment. */
async function run(
  argv: readonly string[],
  home: string,
  env: Record<string, string>,
  told: Told = () => undefined,
) {
  const child = tied(
    spawn(process.execPath, [BIN, ...argv], {
      env: {
        PATH: `${home}${delimiter}${dirname(process.execPath)}${delimiter}/usr/bin:/bin`,
        HOME: home,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  const written = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (written.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    written.err += chunk.toString();
    told(written.err);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...written };
}

/** Stands for `az` as the library starts it; what it is asked stays in a file beside it. */
async function azSignedIn(folder: string): Promise<string> {
  const accessToken = await issuer.signer.sign(`${issuer.url}/${TENANT}/v2.0`, { user: 'ada', roles: [] });
  const expiresOn = Math.floor(Date.now() / 1000) + 3600;
  const answer = JSON.stringify({ accessToken, expires_on: expiresOn, tenant: TENANT, tokenType: 'Bearer' });
  const file = join(folder, 'az');
  writeFileSync(file, `#!/bin/sh\necho "$@" >>'${folder}/asked'\ncat <<'END'\n${answer}\nEND\n`);
  chmodSync(file, 0o755);
  return accessToken;
}

/** The environment of a machine that trusts the issuer, as one does after its certificate was installed. */
function trusting(home: string): Record<string, string> {
  const file = join(home, 'issuer.pem');
  writeFileSync(file, pair.cert);
  return { NODE_EXTRA_CA_CERTS: file, AZURE_AUTHORITY_HOST: secure.url };
}

/** What a person does in a browser: the code is one of the issuer, however it is reached. */
function enter(code: string, user: string): Promise<void> {
  const body = JSON.stringify({ code, user });
  const { port } = new URL(secure.url);
  const asked = request({
    host: '127.0.0.1',
    port,
    ca: pair.cert,
    path: `/${TENANT}/local/device`,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
  });
  asked.end(body);
  return once(asked, 'response').then(([response]) => expect(response.statusCode).toBe(200));
}

/** Of a token that the issuer has signed for the app. */
async function claimsOf(token: string): Promise<JWTPayload> {
  const key = await importJWK(issuer.signer.publicKey, 'RS256');
  const { payload } = await jwtVerify(token, key, {
    audience: AUDIENCE,
    issuer: `${secure.url}/${TENANT}/v2.0`,
  });
  return payload;
}

function tokenOf(authorization: string | undefined): string {
  return authorization?.replace(/^Bearer /, '') ?? '';
}

describe('the command line signs in', () => {
  it('with whoever is signed in to the Azure CLI, and prints no token', async () => {
    using home = stateFolder('sign-in');
    const accessToken = await azSignedIn(home.path);
    await using app = await startScriptedApp(LIST);
    const flags = ['--url', app.url, '--audience', AUDIENCE, `--tenant=${TENANT}`];
    const { code, out, err } = await run([...flags, 'list'], home.path, {});
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(app.requests.map(({ authorization }) => tokenOf(authorization))).toEqual([accessToken]);
    expect(out + err).not.toContain(accessToken.slice(0, 20));
  });

  it('as an application, with the identity of its machine', async () => {
    using home = stateFolder('sign-in');
    await using app = await startScriptedApp(LIST);
    const { code, err } = await run(['list'], home.path, {
      VMSS_ROLLOUT_URL: app.url,
      VMSS_ROLLOUT_AUDIENCE: AUDIENCE,
      IDENTITY_ENDPOINT: `${issuer.url}/msi/token`,
      IDENTITY_HEADER: 'header',
    });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(decodeJwt(tokenOf(app.requests[0]?.authorization))).toMatchObject({ aud: AUDIENCE, idtyp: 'app' });
  });

  it('as a pipeline, with the token of its platform and no secret', async () => {
    using home = stateFolder('sign-in');
    await using app = await startScriptedApp(LIST);
    const federated = join(home.path, 'federated-token');
    writeFileSync(federated, 'of.the.platform');
    const { code, out, err } = await run(['list'], home.path, {
      ...trusting(home.path),
      VMSS_ROLLOUT_URL: app.url,
      VMSS_ROLLOUT_AUDIENCE: AUDIENCE,
      AZURE_TENANT_ID: TENANT,
      AZURE_CLIENT_ID: 'deployments',
      AZURE_FEDERATED_TOKEN_FILE: federated,
    });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const token = tokenOf(app.requests[0]?.authorization);
    expect(await claimsOf(token)).toMatchObject({ idtyp: 'app', azp: idOf('client deployments') });
    expect(out + err).not.toContain(token.slice(0, 20));
  });

  it('as a person who enters a code elsewhere, and goes on once that is done', async () => {
    using home = stateFolder('sign-in');
    await using app = await startScriptedApp(LIST);
    const entered: Promise<void>[] = [];
    const env = { ...trusting(home.path), VMSS_ROLLOUT_URL: app.url, VMSS_ROLLOUT_AUDIENCE: AUDIENCE };
    const flags = ['--sign-in', 'deviceCode', '--tenant', TENANT];
    const { code, out, err } = await run([...flags, 'list'], home.path, env, (soFar) => {
      const [, shown] = /enter the code (\w{8}) at /.exec(soFar) ?? [];
      if (shown !== undefined && entered.length === 0) entered.push(enter(shown, 'ada'));
    });
    await Promise.all(entered);
    expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/^To sign in, .*\n$/) });
    const token = tokenOf(app.requests[0]?.authorization);
    expect(await claimsOf(token)).toMatchObject({
      name: 'ada',
      scp: 'user_impersonation',
      roles: expect.arrayContaining(['operator']),
    });
    expect(out + err).not.toContain(token.slice(0, 20));
  });

  it('as the file in the home says, where nothing else does', async () => {
    using home = stateFolder('sign-in');
    const accessToken = await azSignedIn(home.path);
    await using app = await startScriptedApp(LIST);
    const folder = join(home.path, '.config', 'vmss-rollout');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'config.yaml'), `url: ${app.url}\naudience: ${AUDIENCE}\nsignIn: az\n`);
    expect(await run(['list'], home.path, {})).toMatchObject({ code: 0, err: '' });
    expect(tokenOf(app.requests[0]?.authorization)).toBe(accessToken);
  });

  it('or says how, and sends nothing', async () => {
    using home = stateFolder('sign-in');
    await using app = await startScriptedApp(LIST);
    const env = { VMSS_ROLLOUT_URL: app.url, VMSS_ROLLOUT_AUDIENCE: AUDIENCE };
    const { code, err } = await run(['list'], home.path, { ...env, VMSS_ROLLOUT_SIGN_IN: 'az' });
    expect(code).toBe(1);
    expect(err).toMatch(/cannot sign in: .*Azure CLI/);
    expect(app.requests).toEqual([]);
  });

  it('with a token of a local issuer, on this machine', async () => {
    using home = stateFolder('sign-in');
    await using app = await startScriptedApp(LIST);
    const env = { VMSS_ROLLOUT_URL: app.url, VMSS_ROLLOUT_TOKEN: 'of.the.issuer' };
    expect(await run(['list'], home.path, env)).toMatchObject({ code: 0 });
    expect(app.requests[0]?.authorization).toBe('Bearer of.the.issuer');
    const elsewhere = { ...env, VMSS_ROLLOUT_URL: 'https://app.example' };
    const refused = await run(['list'], home.path, elsewhere);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('VMSS_ROLLOUT_TOKEN') });
    expect(refused.err).not.toContain('of.the.issuer');
  });
});

describe('the connection', () => {
  it('is taken from the flags, else the environment, else the file', () => {
    using home = stateFolder('connection');
    const file = join(home.path, 'config.yaml');
    writeFileSync(file, `url: https://file.example\naudience: file\ntenant: ${TENANT}\n`);
    const env = { VMSS_ROLLOUT_URL: 'https://env.example', VMSS_ROLLOUT_AUDIENCE: 'env' };
    const { rest, flags } = takeFlags(['list', '--url=https://flag.example', '--phase', 'waiting']);
    expect(rest).toEqual(['list', '--phase', 'waiting']);
    expect(readConnection(flags, env, file)).toEqual({
      url: 'https://flag.example',
      audience: 'env',
      tenant: TENANT,
    });
    expect(readConnection({}, {}, join(home.path, 'nowhere.yaml'))).toEqual({});
  });

  it.each([
    ['an unknown field', 'urll: https://x.example', 'urll'],
    ['no YAML', 'url: [', 'is not YAML'],
    ['no tenant', 'tenant: contoso', 'tenant'],
    ['no way to sign in', 'signIn: magic', 'signIn must be one of'],
  ])('with %s in the file is refused', (_what, text, words) => {
    using home = stateFolder('connection');
    const file = join(home.path, 'config.yaml');
    writeFileSync(file, text);
    expect(() => readConnection({}, {}, file)).toThrow(words);
  });

  it('needs a value behind each flag, and leaves what follows -- alone', () => {
    expect(() => takeFlags(['list', '--url'])).toThrow('--url needs a value');
    expect(takeFlags(['list', '--', '--url', 'x'])).toEqual({
      rest: ['list', '--', '--url', 'x'],
      flags: {},
    });
  });

  it('shows a token to no app by plain http elsewhere, and to none that nobody has named', async () => {
    const tell = (): void => undefined;
    expect(() => tokenSource({ url: 'http://app.example', audience: AUDIENCE }, {}, tell)).toThrow(
      'plain http',
    );
    expect(await tokenSource({ audience: AUDIENCE }, {}, tell)()).toBeUndefined();
    expect(await tokenSource({ url: 'https://app.example' }, {}, tell)()).toBeUndefined();
  });
});
