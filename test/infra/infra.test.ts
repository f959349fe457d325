import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { CLOUD_NAMES } from '../../src/azure/cloud.ts';
import { ANCHOR_CONTAINER_NAME } from '../../src/store/azure/names.ts';
import { readSettings } from '../../src/functions/settings.ts';
import { stateFolder } from '../e2e/support/state.ts';
import { ENCRYPTION_KEYS } from '../lab/cipher.ts';
import { rolesJson } from '../../tools/role.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const MODULES = globSync('infra/**/*.bicep', { cwd: ROOT }).sort();
const BICEP = MODULES.map((file) => read(file)).join('\n');

interface Resource {
  readonly type: string;
  readonly name: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}
const SNAPSHOT = JSON.parse(read('infra/main.snapshot.json')) as {
  readonly predictedResources: readonly Resource[];
};
const resources = (type: string): readonly Resource[] =>
  SNAPSHOT.predictedResources.filter((one) => one.type.toLowerCase() === type.toLowerCase());

/** As Microsoft documents them: facts/dependencies.md 5, and for the vault the page of built-in roles. */
const BUILT_IN: Readonly<Record<string, string>> = {
  blobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
  queueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88',
  tableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb',
  keyVaultSecretsOfficer: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
};

it('takes no module from a registry', () => {
  const modules = [...BICEP.matchAll(/^module \w+ '([^']+)'/gm)].map(([, path = '']) => path);
  expect(modules.length).toBeGreaterThan(8);
  for (const path of modules) expect(path).toMatch(/^modules\/[\w-]+\.bicep$/);
});

it('names each built-in role by its own id', () => {
  const named = [...BICEP.matchAll(/(\w+)(?: =|:) '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'/g)];
  expect(Object.fromEntries(named.map(([, name = '', id = '']) => [name, id]))).toEqual(BUILT_IN);
});

it('gives the app settings that it takes, and no key or connection string of the storage', () => {
  const settings = resources('Microsoft.Web/sites/config').find(({ name }) => name.endsWith('/appsettings'));
  const given = settings?.properties as Readonly<Record<string, string>>;
  // Only the cloud itself knows its name; the table that turns it into ours is looked at here.
  const clouds = [...read('infra/main.bicep').matchAll(/^  Azure\w+: '(\w+)'$/gm)].map(
    ([, name = '']) => name,
  );
  expect(clouds).toEqual([...CLOUD_NAMES]);
  expect(given['ROLLOUT_CLOUD']).toContain('environment().name');
  // Only Key Vault knows what stands there then.
  const parsed = readSettings({
    ...given,
    ROLLOUT_CLOUD: clouds[0],
    ROLLOUT_ENCRYPTION_KEYS: ENCRYPTION_KEYS,
  });
  for (const name of Object.keys(given).filter((one) => one.startsWith('ROLLOUT_'))) {
    expect(parsed).toHaveProperty(name);
    expect(read('docs/SETTINGS.md')).toContain(`\`${name}\``);
  }
  expect(given).not.toHaveProperty('AzureWebJobsStorage');
  expect(JSON.stringify(given)).not.toMatch(/AccountKey|SharedAccess|listKeys/);
  expect(BICEP).not.toMatch(/listKeys/);
});

// Feature [Secrets] The encryption keys lie in Key Vault: made by the first deployment, left alone by every later one (Issue 12, kind 8)
it('makes the encryption key once, in the vault, and hands the app a reference to it', () => {
  const [secret, ...others] = resources('Microsoft.KeyVault/vaults/secrets');
  expect(others).toEqual([]);
  expect(secret?.name).toMatch(/\/encryption-keys$/);
  expect(secret?.properties?.['value']).toMatch(/newGuid\(\), newGuid\(\)/);
  expect(read('infra/modules/vault.bicep')).toMatch(
    /@onlyIfNotExists\(\)\nresource \w+ 'Microsoft\.KeyVault\/vaults\/secrets@/,
  );
  const settings = resources('Microsoft.Web/sites/config').find(({ name }) => name.endsWith('/appsettings'));
  expect(settings?.properties?.['ROLLOUT_ENCRYPTION_KEYS']).toMatch(
    /@Microsoft\.KeyVault\(SecretUri=.*encryptionKeysUri/,
  );
  expect(resources('Microsoft.Web/sites')[0]?.properties).toHaveProperty('keyVaultReferenceIdentity');
  // The only parameter that nobody may read, so no output and no log of a deployment shows it.
  const secure = [...BICEP.matchAll(/@secure\(\)\nparam (\w+)/g)].map(([, name]) => name);
  expect(new Set(secure)).toEqual(new Set(['newEncryptionKey']));
});

// Feature [Audit] How far the chains had come is anchored where Azure lets nobody change or remove it (S23)
it('keeps the anchors of the audit where nobody can change or remove them', () => {
  const [policy, ...others] = resources(
    'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies',
  );
  expect(others).toEqual([]);
  expect(policy?.name.split('/').slice(1)).toEqual(['default', ANCHOR_CONTAINER_NAME, 'default']);
  expect(policy?.properties).toEqual({
    immutabilityPeriodSinceCreationInDays: 2555,
    allowProtectedAppendWrites: false,
  });
});

test.each([
  ['Microsoft.Storage/storageAccounts', { allowSharedKeyAccess: false, allowBlobPublicAccess: false }],
  ['Microsoft.Insights/components', { DisableLocalAuth: true }],
  ['Microsoft.KeyVault/vaults', { enableRbacAuthorization: true, enablePurgeProtection: true }],
  ['Microsoft.Web/sites', { httpsOnly: true }],
])('leaves no %s with a way in that needs no identity', (type, properties) => {
  const [one, ...others] = resources(type);
  expect(others).toEqual([]);
  expect(one?.properties).toMatchObject(properties);
});

it('keeps an instance for the workflow up, and answers 401 to whoever has no token', () => {
  expect(resources('Microsoft.Web/sites')[0]?.properties).toMatchObject({
    functionAppConfig: {
      scaleAndConcurrency: { alwaysReady: [{ name: 'durable', instanceCount: 1 }] },
    },
  });
  const authentication = resources('Microsoft.Web/sites/config').find(({ name }) =>
    name.endsWith('/authsettingsV2'),
  );
  expect(authentication?.properties).toMatchObject({
    globalValidation: {
      requireAuthentication: true,
      unauthenticatedClientAction: 'Return401',
      excludedPaths: expect.arrayContaining(['/api/health']),
    },
  });
});

it('has the roles that the code asks for, and no wildcard', () => {
  expect(read('infra/roles.json')).toBe(rolesJson());
  expect(rolesJson()).not.toContain('*');
  expect(rolesJson()).not.toMatch(/Microsoft\.Authorization|runCommand|virtualMachineScaleSets\/delete"/);
});

it('gives azd and its hooks what they ask for', () => {
  const azure = azureYaml();
  const outputs = [...read('infra/main.bicep').matchAll(/^output (\w+) /gm)].map(([, name = '']) => name);
  for (const service of Object.keys(azure.services)) {
    expect(read('infra/modules/app.bicep')).toContain(`'azd-service-name': '${service}'`);
    expect(outputs).toContain(`SERVICE_${service.toUpperCase()}_NAME`);
  }
  const wanted = [...read('tools/entra.ts').matchAll(/needed\('(\w+)'\)/g)].map(([, name = '']) => name);
  const known = [...outputs, 'AZURE_ENV_NAME', 'AUTH_CLIENT_ID'];
  expect(wanted.filter((name) => !known.includes(name))).toEqual([]);
  const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Record<string, string> };
  for (const { run } of [
    ...Object.values(azure.hooks),
    ...Object.values(azure.services['api']?.hooks ?? {}),
  ]) {
    for (const [, script = ''] of run.matchAll(/npm run ([\w:]+)/g)) expect(scripts).toHaveProperty(script);
  }
});

interface Hooks {
  readonly [name: string]: { readonly run: string };
}

interface AzureYaml {
  readonly services: Readonly<Record<string, { language: string; dist: string; hooks: Hooks }>>;
  readonly hooks: Hooks;
}

function azureYaml(): AzureYaml {
  return parse(read('azure.yaml')) as AzureYaml;
}

// As azd 1.31 does: the service's own hook runs at every packaging, `azd deploy` included, in the folder of the service; a
// `dist` that ends in .zip is uploaded as it is; `custom` is the one language without a build in the cloud. That the
// command writes such a zip is shown by test/package.
it('has azd deploy the package as it is, whichever command of azd packs it', () => {
  const { language, dist, hooks } = azureYaml().services['api'] ?? {};
  expect(language).toBe('custom');
  expect(dist).toMatch(/^dist\/\w+\.zip$/);
  expect(hooks?.['prepackage']?.run).toBe(`sh tools/dependencies.sh && npm run package -- --copy ${dist}`);
});

// azd runs what `azd up` consists of side by side since 1.25.
it('installs what the lock file says once, however many hooks ask for it', () => {
  using folder = stateFolder('dependencies');
  const { path } = folder;
  const asked = (): number => readFileSync(join(path, 'asked'), 'utf8').split('\n').length - 1;
  const install = (): number | null =>
    spawnSync('sh', [join(ROOT, 'tools/dependencies.sh')], {
      cwd: path,
      env: { PATH: `${path}:${process.env['PATH'] ?? ''}` },
    }).status;
  mkdirSync(join(path, 'node_modules'));
  writeFileSync(join(path, 'npm'), `#!/bin/sh\necho "$@" >>asked\nexit "$(cat code)"\n`, { mode: 0o755 });
  writeFileSync(join(path, 'package-lock.json'), '{"version": 1}');
  writeFileSync(join(path, 'code'), '1');
  expect([install(), asked()]).toEqual([1, 1]);
  writeFileSync(join(path, 'code'), '0');
  expect([install(), install(), asked()]).toEqual([0, 0, 2]);
  writeFileSync(join(path, 'package-lock.json'), '{"version": 2}');
  expect([install(), install(), asked()]).toEqual([0, 0, 3]);
});

it('reads from the environment what azd and a user put there', () => {
  const asked = [...read('infra/main.bicepparam').matchAll(/readEnvironmentVariable\('(\w+)'/g)];
  for (const [, name = ''] of asked) {
    const isOfAzd = ['AZURE_ENV_NAME', 'AZURE_LOCATION'].includes(name);
    if (!isOfAzd && name !== 'AUTH_CLIENT_ID') expect(read('docs/DEPLOY.md')).toContain(name);
    expect(read('tools/infra.ts')).toContain(`'${name}'`);
  }
});

// Feature [Deployment] Who deploys is not who runs: the app's identity can neither deploy it nor give itself rights (S34)
it('lets the identity of the app deploy nothing, itself least of all', () => {
  const actions = Object.values(JSON.parse(read('infra/roles.json')) as Record<string, { actions: string[] }>)
    .flatMap((role) => role.actions)
    .filter((action) => !action.endsWith('/read'));
  expect(actions.length).toBeGreaterThan(5);
  const providers = new Set(actions.map((action) => action.split('/')[0]));
  expect(providers).toEqual(new Set(['Microsoft.Compute', 'Microsoft.KeyVault', 'Microsoft.Network']));
  // Beside scale sets it changes nothing: it has them join networks, and given certificates of vaults.
  const others = actions.filter((action) => !action.startsWith('Microsoft.Compute/'));
  expect(others.filter((action) => !/\/(?:join\w*|deploy)\/action$/i.test(action))).toEqual([]);
  // Of its own group it has roles for data alone, none that manages anything: by id, as Microsoft documents them.
  const given = [...BICEP.matchAll(/'([0-9a-f-]{36})'/g)].map(([, id]) => id);
  const managing = {
    owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
    contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
    userAccessAdministrator: '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
    websiteContributor: 'de139f84-1756-47ae-9be6-808fbbe84772',
  };
  for (const id of Object.values(managing)) expect(given).not.toContain(id);
});

it('gives each role where it belongs, and nowhere else', () => {
  const { predictedResources } = JSON.parse(read('infra/tried/two-groups.snapshot.json')) as typeof SNAPSHOT;
  const ids = predictedResources
    .filter(({ type }) => type === 'Microsoft.Authorization/roleAssignments')
    .map((one) => (one as Resource & { readonly id: string }).id);
  // Names depend on the identity, which is not made: the snapshot has the expression, with scope and role in it.
  const given = ids.flatMap((id) => {
    const [, where = ''] = /^\[\w*esourceId\(((?:'[\w-]+', )+)'Microsoft\.Authorization/.exec(id) ?? [];
    const [, role] = /format\('(look|change|join)-\{0\}'/.exec(id) ?? [];
    return role === undefined ? [] : [`${role}: ${where.replaceAll(/[', ]+/g, ' ').trim()}`];
  });
  const [first, third] = ['1', '3'].map((end) => `00000000-0000-4000-8000-00000000000${end}`);
  expect(given.sort()).toEqual([
    `change: ${first} web`,
    `change: ${third} batch`,
    `join: ${first} network`,
    `look: ${first}`,
    `look: ${third}`,
  ]);
  const own = ids.length - given.length;
  expect(own).toBe(Object.keys(BUILT_IN).length);
});
