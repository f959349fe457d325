import { describe, expect, it, test } from 'vitest';
import { readSettings } from '../../src/functions/settings.ts';
import { ENCRYPTION_KEYS } from '../lab/cipher.ts';

const TENANT = '00000000-0000-4000-8000-000000000002';
const AUDIENCE = '00000000-0000-4000-8000-0000000000a9';
const CALLERS = { ROLLOUT_TENANT: TENANT, ROLLOUT_AUDIENCE: AUDIENCE };
const KEYS = { ROLLOUT_ENCRYPTION_KEYS: ENCRYPTION_KEYS };
const STORAGE = {
  AzureWebJobsStorage: 'DefaultEndpointsProtocol=https;AccountKey=c2VjcmV0',
  ...CALLERS,
  ...KEYS,
};
const EMULATOR = 'TableEndpoint=http://127.0.0.1:10002/a;BlobEndpoint=http://localhost:10000/a';
const LOCAL = { AzureWebJobsStorage: EMULATOR, ROLLOUT_ARM_ENDPOINT: 'http://127.0.0.1:9000', ...KEYS };

it('needs a storage account, and to know who calls', () => {
  expect(readSettings(STORAGE)).toMatchObject({ ROLLOUT_AUTH: 'entra', ROLLOUT_CLOUD: 'public' });
  expect(
    readSettings({ AzureWebJobsStorage__accountName: 'rollouts', ...CALLERS, ...KEYS }),
  ).not.toHaveProperty('AzureWebJobsStorage');
});

it('reads numbers', () => {
  expect(readSettings({ ...STORAGE, ROLLOUT_POLL_SECONDS: '7' }).ROLLOUT_POLL_SECONDS).toBe(7);
  expect(readSettings({ ...STORAGE, ROLLOUT_VIEW_LAG_SECONDS: '0.5' }).ROLLOUT_VIEW_LAG_SECONDS).toBe(0.5);
});

it('does not mind settings of others', () => {
  expect(readSettings({ ...STORAGE, PATH: '/bin', FUNCTIONS_WORKER_RUNTIME: 'node' })).toBeDefined();
});

test.each<[string, Record<string, string>, RegExp]>([
  ['no storage', { AzureWebJobsStorage: '' }, /AzureWebJobsStorage/],
  ['an unknown name', { ROLLOUT_POL_SECONDS: 'hunter2' }, /ROLLOUT_POL_SECONDS/],
  ['several unknown names', { ROLLOUT_A: 'hunter2', ROLLOUT_B: 'hunter2' }, /ROLLOUT_A: .*ROLLOUT_B: /],
  ['no number', { ROLLOUT_POLL_SECONDS: 'hunter2' }, /ROLLOUT_POLL_SECONDS/],
  ['no time', { ROLLOUT_POLL_SECONDS: '0' }, /ROLLOUT_POLL_SECONDS/],
  ['no URL', { ROLLOUT_ARM_ENDPOINT: 'hunter2' }, /ROLLOUT_ARM_ENDPOINT/],
  ['an open door', { ROLLOUT_ARM_ENDPOINT: 'http://hunter2.example' }, /ROLLOUT_ARM_ENDPOINT/],
  ['a URL with a path', { ROLLOUT_ARM_ENDPOINT: 'https://arm.example/hunter2' }, /ROLLOUT_ARM_ENDPOINT/],
  ['no account name', { AzureWebJobsStorage__accountName: 'Hunter2!' }, /AzureWebJobsStorage__accountName/],
  ['no way to know a caller', { ROLLOUT_AUTH: 'hunter2' }, /ROLLOUT_AUTH/],
  ['no tenant', { ROLLOUT_TENANT: 'hunter2' }, /ROLLOUT_TENANT/],
  ['no cloud', { ROLLOUT_CLOUD: 'hunter2' }, /ROLLOUT_CLOUD/],
  ['a service elsewhere', { ROLLOUT_ARM_ENDPOINT: 'https://hunter2.example' }, /ROLLOUT_ARM_ENDPOINT/],
  ['an issuer elsewhere', { ROLLOUT_AUTHORITY: 'https://hunter2.example' }, /ROLLOUT_AUTHORITY/],
  ['too many ids in a call', { ROLLOUT_MAX_INSTANCE_IDS: '101' }, /ROLLOUT_MAX_INSTANCE_IDS/],
])('refuses %s by name, and never prints a value', (_, settings, names) => {
  const read = () => readSettings({ ...STORAGE, ...settings });
  expect(read).toThrow(names);
  expect(read).not.toThrow(/hunter2|c2VjcmV0/);
});

it.each([
  ['ROLLOUT_POLL_SECONDS', 'often', 'must be a number from 0.1 to 3600'],
  ['ROLLOUT_POLL_SECONDS', '0.01', 'must be a number from 0.1 to 3600'],
  ['ROLLOUT_REQUEST_TIMEOUT_SECONDS', '1.5', 'must be a whole number from 1 to 3600'],
  ['ROLLOUT_CACHE_SECONDS', '301', 'must be a whole number from 0 to 300'],
  ['ROLLOUT_AUTH', 'me', 'must be entra or off'],
  ['ROLLOUT_ARM_ENDPOINT', 'http://arm.example', 'must be https, or http on this machine'],
  ['AZURE_CLIENT_ID', '', 'must not be empty'],
  ['ROLLOUT_COLOUR', 'red', 'unknown app setting'],
])('says what %s may be, given %j', (name, value, words) => {
  expect(() => readSettings({ ...STORAGE, [name]: value })).toThrow(`wrong app settings: ${name}: ${words}`);
});

// Feature [Secrets] Without its encryption keys the app says which setting is missing, and serves nothing else (Issue 12, kind 8)
//   shown by: takes no "" as encryption keys
it.each([
  [undefined, 'is required to encrypt secrets'],
  ['', 'is required to encrypt secrets'],
  ['@Microsoft.KeyVault(SecretUri=https://hunter2.vault.azure.net/secrets/k)', 'Key Vault did not return it'],
  ['hunter2-hunter2-hunter2-hunter2-hunter2', 'must be id:secret'],
  ['new:hunter2', 'must be id:secret'],
  [`${ENCRYPTION_KEYS},old:hunter2`, 'must be id:secret'],
  [`${ENCRYPTION_KEYS},lab:hunter2-hunter2-hunter2-hunter2-hunter2`, 'must name each id once'],
])('takes no %j as encryption keys', (given, words) => {
  const read = () => readSettings({ ...STORAGE, ROLLOUT_ENCRYPTION_KEYS: given });
  expect(read).toThrow(`wrong app settings: ROLLOUT_ENCRYPTION_KEYS: ${words}`);
  expect(read).not.toThrow(/hunter2|nobody-else/);
});

it('reads encryption keys, the newest first', () => {
  const given = `new:${'n'.repeat(40)}, ${ENCRYPTION_KEYS}`;
  expect(readSettings({ ...STORAGE, ROLLOUT_ENCRYPTION_KEYS: given }).ROLLOUT_ENCRYPTION_KEYS).toEqual([
    { id: 'new', secret: 'n'.repeat(40) },
    { id: 'lab', secret: 'a-secret-of-the-lab-and-of-nobody-else' },
  ]);
});

it('names all that is wrong at once', () => {
  const wrong = { ...STORAGE, ROLLOUT_POLL_SECONDS: 'x', ROLLOUT_VIEW_LAG_SECONDS: '-1', ROLLOUT_A: '1' };
  expect(() => readSettings(wrong)).toThrow(/ROLLOUT_A.*ROLLOUT_POLL_SECONDS.*ROLLOUT_VIEW_LAG_SECONDS/);
});

test.each(['ROLLOUT_TENANT', 'ROLLOUT_AUDIENCE'])('lets nobody in without %s', (name) => {
  const read = () => readSettings({ ...STORAGE, [name]: undefined });
  expect(read).toThrow(`wrong app settings: ${name}: is required to authenticate callers`);
});

it.each([
  ['public', 'https://management.azure.com'],
  ['usgovernment', 'https://management.usgovcloudapi.net'],
  ['china', 'https://management.chinacloudapi.cn'],
])('takes the address of Azure Resource Manager in %s there only', (cloud, arm) => {
  const settings = { ...STORAGE, ROLLOUT_ARM_ENDPOINT: arm };
  expect(readSettings({ ...settings, ROLLOUT_CLOUD: cloud }).ROLLOUT_ARM_ENDPOINT).toBe(arm);
  const other = cloud === 'public' ? 'china' : 'public';
  expect(() => readSettings({ ...settings, ROLLOUT_CLOUD: other })).toThrow('ROLLOUT_ARM_ENDPOINT');
});

describe.each([
  ['ROLLOUT_AUTH', { ROLLOUT_AUTH: 'off' }],
  ['ROLLOUT_AUTHORITY', { ...CALLERS, ROLLOUT_AUTHORITY: 'http://127.0.0.1:9001' }],
])('%s, which lets callers in without Microsoft Entra,', (name, settings) => {
  it('is taken on one machine', () => {
    expect(readSettings({ ...LOCAL, ...settings })).toMatchObject(settings);
    const development = { ...LOCAL, AzureWebJobsStorage: 'UseDevelopmentStorage=true' };
    expect(readSettings({ ...development, ...settings })).toMatchObject(settings);
    // Core Tools and the local host say where they answer.
    expect(readSettings({ ...LOCAL, ...settings, WEBSITE_HOSTNAME: 'localhost:7071' })).toBeDefined();
  });

  it.each<[string, Record<string, string | undefined>]>([
    ['Azure, by its instance', { WEBSITE_INSTANCE_ID: 'x' }],
    ['Azure, by its name', { WEBSITE_HOSTNAME: 'func.azurewebsites.net' }],
    ['Azure, by a name like ours', { WEBSITE_HOSTNAME: 'localhost.azurewebsites.net' }],
    ['Azure, by its identity', { IDENTITY_ENDPOINT: 'http://127.0.0.1:41/msi/token' }],
    ['an account by name', { AzureWebJobsStorage: undefined, AzureWebJobsStorage__accountName: 'rollouts' }],
    ['an account by key', { AzureWebJobsStorage: 'AccountName=rollouts;AccountKey=c2VjcmV0' }],
    ['one address elsewhere', { AzureWebJobsStorage: `${EMULATOR};QueueEndpoint=https://q.example` }],
    ['a name like ours', { AzureWebJobsStorage: 'TableEndpoint=http://127.0.0.1.example/a' }],
    ['the real service', { ROLLOUT_ARM_ENDPOINT: 'https://management.azure.com' }],
    ['the real service by default', { ROLLOUT_ARM_ENDPOINT: undefined }],
  ])('is refused with %s', (_what, there) => {
    expect(() => readSettings({ ...LOCAL, ...settings, ...there })).toThrow(
      `${name}: is for this machine only, but`,
    );
  });
});
