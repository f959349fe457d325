import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stateFolder } from '../e2e/support/state.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const USER = '00000000-0000-4000-8000-0000000000ad';

/**
 * Stands for `az` and `azd`: a directory in a file, with the few commands that the hook uses, as their documentation has
 * them. No real directory was ever asked.
 */
const AZ = `
import { existsSync, readFileSync, writeFileSync, appendFileSync } from 'node:fs';
const file = process.env.DIRECTORY;
const all = process.argv.slice(2);
const [, ...rest] = all;
const state = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { apps: [], sps: [], assigned: [] };
const option = (name) => rest[rest.indexOf(name) + 1];
const words = all.slice(0, all.findIndex((word) => word.startsWith('--'))).join(' ');
const app = () => state.apps.find(({ appId }) => appId === option('--id'));
const answers = {
  'az ad app list': () => state.apps.filter(({ displayName }) => option('--filter') === "displayName eq '" + displayName + "'"),
  'az ad app create': () => { const made = { id: 'o1', appId: 'c1', displayName: option('--display-name'), fic: [] }; state.apps.push(made); return made; },
  'az ad app update': () => {
    const found = app();
    const set = rest.includes('--set') ? rest.slice(rest.indexOf('--set') + 1).filter((word) => word.includes('=')) : [];
    for (const text of set) found[text.split('=')[0]] = JSON.parse(text.slice(text.indexOf('=') + 1));
    for (const [flag, name] of [['--identifier-uris', 'identifierUris'], ['--web-redirect-uris', 'redirectUris']])
      if (rest.includes(flag)) found[name] = [option(flag)];
  },
  'az ad sp list': () => state.sps.filter(({ appId }) => option('--filter') === "appId eq '" + appId + "'"),
  'az ad sp create': () => { const made = { id: 's1', appId: option('--id') }; state.sps.push(made); return made; },
  'az ad sp update': () => { state.sps.find(({ id }) => id === option('--id')).required = true; },
  'az ad signed-in-user show': () => ({ id: '${USER}' }),
  'az cloud show': () => option('--query').includes('Graph') ? 'https://graph.example/' : 'https://login.example',
  'az rest': () => {
    if (option('--method') === 'GET') return { value: state.assigned };
    state.assigned.push(JSON.parse(option('--body')));
  },
  'az ad app federated-credential list': () => app().fic,
  'az ad app federated-credential create': () => { app().fic.push(JSON.parse(option('--parameters'))); },
  'azd env set': () => { (state.env ??= {})[all[3]] = all[4]; },
};
const known = Object.keys(answers).find((name) => name === words || (name === 'azd env set' && all.join(' ').startsWith(name)));
if (known === undefined) { console.error('no such command: ' + all.join(' ')); process.exit(2); }
appendFileSync(file + '.calls', known + '\\n');
const answer = answers[known]();
writeFileSync(file, JSON.stringify(state));
if (answer !== undefined) console.log(JSON.stringify(answer));
`;

it('makes the registration once: a second run changes nothing', () => {
  using folder = stateFolder('entra');
  const entra = hook(folder.path);
  const provisioned = {
    IDENTITY_PRINCIPAL_ID: 'p1',
    SERVICE_API_URL: 'https://func-x.example',
    AZURE_TENANT_ID: 't1',
  };
  expect(entra('before', {})).toMatchObject({ status: 0, stdout: 'app registration c1\n' });
  const kept = { AUTH_CLIENT_ID: 'c1', AUTH_REGISTRATION: 'own' };
  expect(entra('after', { ...kept, ...provisioned }).status).toBe(0);
  const first = entra.directory();
  expect(first.apps).toMatchObject([
    {
      displayName: 'vmss-rollout (test)',
      identifierUris: ['api://c1'],
      redirectUris: ['https://func-x.example/.auth/login/aad/callback'],
      api: { requestedAccessTokenVersion: 2 },
      appRoles: ['viewer', 'requester', 'approver', 'operator', 'admin'].map((value) => ({ value })),
      fic: [
        { issuer: 'https://login.example/t1/v2.0', subject: 'p1', audiences: ['api://AzureADTokenExchange'] },
      ],
    },
  ]);
  expect(first.sps).toMatchObject([{ appId: 'c1', required: true }]);
  expect(first.assigned).toMatchObject([{ principalId: USER, resourceId: 's1' }]);
  expect(JSON.stringify(first)).not.toMatch(/secret|password/i);

  expect(entra('before', kept).status).toBe(0);
  expect(entra('after', { ...kept, ...provisioned }).status).toBe(0);
  expect(entra.directory()).toEqual(first);
});

it('leaves a registration alone that somebody has named', () => {
  using folder = stateFolder('entra');
  const entra = hook(folder.path);
  const named = { AUTH_CLIENT_ID: 'of-the-platform-team' };
  for (const step of ['before', 'after']) expect(entra(step, named).status).toBe(0);
  expect(entra.directory()).toEqual({});
});

it('says what az says when it fails, and ends with 1', () => {
  using folder = stateFolder('entra');
  const entra = hook(folder.path);
  expect(entra('before', { AZURE_ENV_NAME: '' })).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('AZURE_ENV_NAME is not set'),
  });
  expect(entra('after', { AUTH_CLIENT_ID: 'c1', AUTH_REGISTRATION: 'own' }).status).toBe(1);
});

function hook(folder: string) {
  const script = join(folder, 'az.mjs');
  writeFileSync(script, AZ);
  for (const name of ['az', 'azd']) {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${script}' ${name} "$@"\n`);
    chmodSync(file, 0o755);
  }
  const DIRECTORY = join(folder, 'directory.json');
  const run = (step: string, env: Record<string, string>) =>
    spawnSync(process.execPath, [join(ROOT, 'tools', 'entra.ts'), step], {
      env: { PATH: `${folder}:/usr/bin:/bin`, DIRECTORY, AZURE_ENV_NAME: 'test', ...env },
      encoding: 'utf8',
    });
  return Object.assign(run, {
    directory: () => {
      try {
        return JSON.parse(readFileSync(DIRECTORY, 'utf8'));
      } catch {
        return {};
      }
    },
  });
}
