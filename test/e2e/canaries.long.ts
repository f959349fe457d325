import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eventually } from '../host/support/child-host.ts';
import { canariesIn, canary, signedUrl, spellings } from '../lab/canaries.ts';
import { ask } from './support/app.ts';
import { startKillable } from './support/killable.ts';

/** An operation's address is a bearer token (arm-vmss.md 1.7). */
const SIGNED_URL = /\/operations\/[0-9a-f-]{36}(?:\?|%3F)/i;

const GIVEN = ['protectedSettings', 'settingsKey', 'sasInSettings', 'adminPassword', 'customData'] as const;
const SECRETS = GIVEN.map((place) => canary(place));

const CHANGE = {
  extensions: [
    {
      name: 'HealthExtension',
      settings: {
        protocol: 'http',
        port: 8080,
        requestPath: '/health',
        intervalInSeconds: 5,
        numberOfProbes: 1,
        fileUris: [signedUrl('sasInSettings')],
        storageAccountKey: canary('settingsKey'),
      },
      protectedSettings: { commandToExecute: canary('protectedSettings') },
    },
  ],
  osProfile: { adminPassword: canary('adminPassword'), customData: canary('customData') },
};

/** What the app and its host leave on the disk: of the simulator, which is Azure, and of the key's own file nothing is asked. */
function filesOf(state: string): readonly (readonly [string, string])[] {
  const all = globSync('**/*', { cwd: state, withFileTypes: true }).filter((entry) => entry.isFile());
  return all
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/simulator|encryption-keys/.test(file.slice(state.length)))
    .map((file) => [file.slice(state.length + 1), readFileSync(file, 'latin1')]);
}

// Feature [Secrets] Nothing that is kept on a disk holds a secret: tables, blobs, history and logs of whole processes (Issue 12, kind 8)
it('leaves no secret in the files of Azurite, of the task hub, and in no log', async () => {
  await using platform = await startKillable({ scaleSet: 'web:2', timeScale: 60, seed: 3 });
  const { service, state, url } = platform;
  const message = SECRETS.map((secret) => `${secret} ${spellings(secret)[2] ?? ''}`).join(' ');
  const code = 'VMExtensionProvisioningError';
  await service.inject({ kind: 'operationFails', instances: ['1'], code, message, count: 'always' });
  const { id: scaleSet } = await service.scaleSet();
  const started = await ask(`${url}/api/rollouts`, 'POST', {
    scaleSet,
    change: CHANGE,
    strategy: { acceptIrreversible: true },
    health: { stableSeconds: 1 },
    onFailure: 'halt',
  });
  expect(started.status, started.text).toBe(202);
  const ended = await eventually(async () => {
    const { body } = await ask(`${url}/api/rollouts/${started.body.id}`, 'GET');
    return body.endedAt === null ? undefined : body;
  }, 120_000);
  expect(['halted', 'failed']).toContain(ended.phase);
  await platform.kill();

  const files = filesOf(state);
  const texts = files.map(([, text]) => text).join('\n');
  // All of it was there to be kept.
  for (const word of [started.body.id, 'aes:local:', 'latestModelApplied', 'hub.sqlite']) {
    expect(texts + files.map(([name]) => name).join('\n')).toContain(word);
  }
  for (const [name, text] of files) {
    const found = canariesIn(text, [
      ...SECRETS,
      ...SECRETS.map((one) => Buffer.from(one).toString('latin1')),
    ]);
    expect(found, name).toEqual([]);
    expect(SIGNED_URL.exec(text), name).toBeNull();
  }
}, 240_000);
