import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConnection, takeFlags } from '../../cli/connection/settings.ts';
import { tokenSource } from '../../cli/connection/sign-in.ts';
import { startIssuer, type Issuer } from '../../local/issuer/server.ts';
import { AUDIENCE, TENANT } from '../../local/issuer/tokens.ts';
import { stateFolder } from '../e2e/support/state.ts';
import { ok, startScriptedApp } from './scripted-app.ts';

const BIN = join(import.meta.dirname, '..', '..', 'bin', 'vmss-rollout.js');
const LIST = { 'GET /api/rollouts?top=20': [ok({ value: [] })] };

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer(0);
});
afterAll(() => issuer.close());

/** The command line as its own process, with a home of its own and no other environment. */
async function run(argv: readonly string[], home: string, env: Record<string, string>) {
  const child = spawn(process.execPath, [BIN, ...argv], {
    env: {
      PATH: `${home}${delimiter}${dirname(process.execPath)}${delimiter}/usr/bin:/bin`,
      HOME: home,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (written.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (written.err += chunk.toString()));
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
    ['no YAML', 'url: [', 'is no YAML'],
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
