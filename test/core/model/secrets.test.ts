import { expect, it, test } from 'vitest';
import { secretIn, shown } from '../../../src/core/model/secrets.ts';
import type { Json } from '../../../src/core/model/model.ts';

const OS = 'virtualMachineProfile.osProfile';

test.each<[string, Json]>([
  [`${OS}.adminPassword`, 'x'],
  [`${OS}.ADMINPASSWORD`, 'x'],
  [`${OS}.customData`, 'x'],
  ['virtualMachineProfile.userData', 'x'],
  ['virtualMachineProfile.extensionProfile.extensions[name=app].properties.protectedSettings', {}],
  ['virtualMachineProfile.extensionProfile.extensions[0].protectedSettingsFromKeyVault.url', 'x'],
  [OS, { adminUsername: 'a', adminPassword: 'x' }],
  [
    'virtualMachineProfile.extensionProfile',
    { extensions: [{ properties: { protectedSettings: { key: 'x' } } }] },
  ],
  [`${OS}.windowsConfiguration`, { additionalUnattendContent: [] }],
])('finds the secret in %s', (path, value) => {
  expect(secretIn(path, value)).toEqual(expect.any(String));
});

test.each<[string, Json]>([
  ['tags.team', 'secret'],
  [`${OS}.adminUsername`, 'root'],
  ['virtualMachineProfile.diagnosticsProfile.bootDiagnostics', { enabled: true }],
])('finds none in %s', (path, value) => {
  expect(secretIn(path, value)).toBeUndefined();
});

it('shows a signed URL without its signature', () => {
  const url = 'https://store.blob.core.windows.net/scripts/run.sh?sv=2024-01-01&sr=b&sig=aB%2Fc%3D&se=2027';
  const text = JSON.stringify(shown({ fileUris: [url], note: `see ${url} now` }));
  expect(text).toContain('https://store.blob.core.windows.net/scripts/run.sh');
  expect(text).not.toContain('aB%2Fc%3D');
  expect(text).toContain(' now');
});

it('shows nothing of a field that holds a secret, however deep', () => {
  const value = {
    a: [{ protectedSettings: { key: 'hunter2' } }],
    AdminPassword: 'hunter2',
    tags: { b: 'kept' },
  };
  const text = JSON.stringify(shown(value));
  expect(text).not.toContain('hunter2');
  expect(text).toContain('kept');
});

it('shows anything else as it is', () => {
  const value = { a: [1, true, null, 'text'], b: { c: 'https://example.org/?q=1' } };
  expect(shown(value)).toEqual(value);
});

// Feature [Secrets] Keys in an extension's settings are shown as (hidden) (Issue 12, kind 8)
//   shown by: shows no storageAccountKey of an extension’s settings
test.each([
  'storageAccountKey',
  'apiKey',
  'api_key',
  'sasToken',
  'clientSecret',
  'dbPassword',
  'connectionString',
  'ConnectionString',
  'WORKSPACE_KEY',
])('shows no %s of an extension’s settings', (name) => {
  const settings = { fileUris: ['https://a/b.sh'], nested: { [name]: 'hunter2' } };
  expect(shown({ settings })).toEqual({
    settings: { fileUris: ['https://a/b.sh'], nested: { [name]: '(hidden)' } },
  });
});

test.each([
  ['publicKey', 'ssh-rsa AAAA'],
  ['keyVaultName', 'vault'],
  ['workspaceId', 'w'],
  ['keyData', 'ssh-rsa AAAA'],
  ['monkeys', 'three'],
  ['token', 7],
  ['apiKey', ''],
])('shows %s as it is', (name, value) => {
  expect(shown({ [name]: value })).toEqual({ [name]: value });
});
