import { expect, it, test } from 'vitest';
import { secretIn, shown } from '../../src/core/model/secrets.ts';
import type { Json } from '../../src/core/model/model.ts';

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
