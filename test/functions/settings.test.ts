import { expect, it, test } from 'vitest';
import { readSettings } from '../../src/functions/settings.ts';

const STORAGE = { AzureWebJobsStorage: 'DefaultEndpointsProtocol=https;AccountKey=c2VjcmV0' };

it('needs nothing but a storage account', () => {
  expect(readSettings(STORAGE)).toMatchObject({ ROLLOUT_IDENTITY: 'authenticated' });
  expect(readSettings({ AzureWebJobsStorage__accountName: 'rollouts' })).not.toHaveProperty(
    'AzureWebJobsStorage',
  );
});

it('reads numbers', () => {
  expect(readSettings({ ...STORAGE, ROLLOUT_POLL_SECONDS: '7' }).ROLLOUT_POLL_SECONDS).toBe(7);
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
  ['no way to know a caller', { ROLLOUT_IDENTITY: 'hunter2' }, /ROLLOUT_IDENTITY/],
  ['too many ids in a call', { ROLLOUT_MAX_INSTANCE_IDS: '101' }, /ROLLOUT_MAX_INSTANCE_IDS/],
])('refuses %s by name, and never prints a value', (_, settings, names) => {
  const read = () => readSettings({ ...STORAGE, ...settings });
  expect(read).toThrow(names);
  expect(read).not.toThrow(/hunter2|c2VjcmV0/);
});

it.each([
  ['ROLLOUT_POLL_SECONDS', 'often', 'must be a whole number from 1 to 3600'],
  ['ROLLOUT_POLL_SECONDS', '1.5', 'must be a whole number from 1 to 3600'],
  ['ROLLOUT_CACHE_SECONDS', '301', 'must be a whole number from 0 to 300'],
  ['ROLLOUT_IDENTITY', 'me', 'must be local or authenticated'],
  ['ROLLOUT_ARM_ENDPOINT', 'http://arm.example', 'must be https, or http on this machine'],
  ['AZURE_CLIENT_ID', '', 'must not be empty'],
  ['ROLLOUT_COLOUR', 'red', 'unknown app setting'],
])('says what %s may be, given %j', (name, value, words) => {
  expect(() => readSettings({ ...STORAGE, [name]: value })).toThrow(`wrong app settings: ${name}: ${words}`);
});

it('names all that is wrong at once', () => {
  const wrong = { ...STORAGE, ROLLOUT_POLL_SECONDS: 'x', ROLLOUT_VIEW_LAG_SECONDS: '-1', ROLLOUT_A: '1' };
  expect(() => readSettings(wrong)).toThrow(/ROLLOUT_A.*ROLLOUT_POLL_SECONDS.*ROLLOUT_VIEW_LAG_SECONDS/);
});
