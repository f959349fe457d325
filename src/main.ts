import { join } from 'node:path';
import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import { AzureCliCredential, ManagedIdentityCredential } from '@azure/identity';
import type { TokenCredential } from '@azure/identity';
import { createCompute } from './azure/arm.ts';
import { parseEndpoint } from './azure/endpoint.ts';
import { CLOUDS } from './azure/cloud.ts';
import type { NoticePorts } from './activities/frame/ports.ts';
import type { App } from './functions/app.ts';
import { entraIdentity, localIdentity } from './functions/identity.ts';
import type { Identity } from './functions/identity.ts';
import { isOnAzure } from './functions/premises.ts';
import { registerApp } from './functions/register.ts';
import { registerUnready } from './functions/register-unready.ts';
import { readPageFiles } from './functions/page-files.ts';
import type { PageFiles } from './functions/page-files.ts';
import { readNoticeSecrets, readSettings, SettingsError } from './functions/settings.ts';
import type { Settings } from './functions/settings.ts';
import { createOutbound } from './outbound/post.ts';
import type { Limits } from './operations/limit-requests.ts';
import type { createTelemetry } from './telemetry/telemetry.ts';
import { createVerifier } from './identity/token.ts';
import type { AzureStoreSettings } from './store/azure/connection.ts';
import { createCipher } from './store/cipher.ts';
import { createAzureStore } from './store/azure/store.ts';
import type { Store } from './store/port.ts';
import packageJson from '../package.json' with { type: 'json' };

const clock = { now: () => Date.now() };

const composed = await compose(process.env);
if (composed instanceof SettingsError) {
  // No log of the Functions host is open yet; what a worker prints is in its own.
  process.stderr.write(`${composed.message}\n`);
  registerUnready(composed);
} else {
  registerApp(composed);
}

/** The one place where the app is put together with the world: Azure, its storage, and the real time. */
async function compose(env: NodeJS.ProcessEnv): Promise<App | SettingsError> {
  try {
    const settings = readSettings(env);
    return appOf(settings, await telemetryOf(settings));
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
}

/** Loaded only where it is switched on: whoever does not want it does not wait for it either. */
async function telemetryOf({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_SERVICE_NAME: name,
  OTEL_METRIC_EXPORT_INTERVAL: metricsEveryMilliseconds,
}: Settings): Promise<ReturnType<typeof createTelemetry> | undefined> {
  if (endpoint === undefined) return undefined;
  const { createExporting } = await import('./telemetry/exporting.ts');
  return createExporting({ name, version: packageJson.version, metricsEveryMilliseconds }, clock);
}

function appOf(settings: Settings, telemetry: Awaited<ReturnType<typeof telemetryOf>>): App {
  let page: PageFiles | undefined;
  const endpoint = settings.ROLLOUT_ARM_ENDPOINT ?? CLOUDS[settings.ROLLOUT_CLOUD].arm;
  const ports = {
    clock,
    compute: createCompute({
      clock,
      endpoint,
      timeoutSeconds: settings.ROLLOUT_REQUEST_TIMEOUT_SECONDS,
      credential: parseEndpoint(endpoint).isLocal ? undefined : credential(settings),
      ...(telemetry && { httpClient: telemetry.carry(createDefaultHttpClient()) }),
    }),
    ...(telemetry && { telemetry }),
    notices: noticesOf(settings),
    store: storeOf(settings),
    pace: {
      pollSeconds: settings.ROLLOUT_POLL_SECONDS,
      viewLagSeconds: settings.ROLLOUT_VIEW_LAG_SECONDS,
      requestTimeoutSeconds: settings.ROLLOUT_REQUEST_TIMEOUT_SECONDS,
      maxInstanceIds: settings.ROLLOUT_MAX_INSTANCE_IDS,
      cacheSeconds: settings.ROLLOUT_CACHE_SECONDS,
    },
  };
  return {
    ports: () => ports,
    identity: identityOf(settings),
    reach: settings.ROLLOUT_AUTH === 'off' ? 'loopback' : 'anywhere',
    // On one's own machine no host asks for a key that it was not given.
    keys: settings.ROLLOUT_AUTH === 'off' ? 'required' : settings.ROLLOUT_KEY,
    limits: limitsIn(settings),
    retentionDays: settings.ROLLOUT_RETENTION_DAYS,
    version: packageJson.version,
    page: () => (page ??= readPageFiles(join(import.meta.dirname, 'dashboard'))),
  };
}

/** Notices lead to the page by the name that the platform gives the app, unless the settings name another one. */
function noticesOf({
  ROLLOUT_LOCAL_TARGETS,
  ROLLOUT_PAGE_URL,
  WEBSITE_HOSTNAME = '',
}: Settings): NoticePorts {
  const loopback = ROLLOUT_LOCAL_TARGETS === 'allowed';
  const own = isOnAzure(process.env) ? `https://${WEBSITE_HOSTNAME}/api/dashboard` : undefined;
  const pageUrl = ROLLOUT_PAGE_URL ?? own;
  return {
    loopback,
    post: createOutbound({ loopback }),
    secrets: readNoticeSecrets(process.env),
    ...(pageUrl !== undefined && { pageUrl: pageUrl.replace(/\/$/, '') }),
  };
}

function limitsIn(settings: Settings): Limits {
  return {
    startsPerMinute: settings.ROLLOUT_STARTS_PER_MINUTE,
    plansPerMinute: settings.ROLLOUT_PLANS_PER_MINUTE,
    commandsPerMinute: settings.ROLLOUT_COMMANDS_PER_MINUTE,
    openRollouts: settings.ROLLOUT_OPEN_PER_CALLER,
    openPerSubscription: settings.ROLLOUT_OPEN_PER_SUBSCRIPTION,
    missingPerHour: settings.ROLLOUT_MISSING_PER_HOUR,
  };
}

/** The storage's own client reads the connection string; its words about a bad one may repeat it. */
function storeOf(settings: Settings): Store {
  const where = storage(settings);
  try {
    return createAzureStore(where, createCipher(settings.ROLLOUT_ENCRYPTION_KEYS));
  } catch {
    const message = 'must be the connection string of a storage account, by https or on this machine';
    throw new SettingsError([{ path: 'AzureWebJobsStorage', message }]);
  }
}

function storage(settings: Settings): AzureStoreSettings {
  const { AzureWebJobsStorage, AzureWebJobsStorage__accountName } = settings;
  if (AzureWebJobsStorage !== undefined) return { connectionString: AzureWebJobsStorage };
  return {
    accountName: AzureWebJobsStorage__accountName ?? '',
    credential: credential(settings),
    endpointSuffix: CLOUDS[settings.ROLLOUT_CLOUD].storageSuffix,
  };
}

/** On Azure its identity and nothing else; elsewhere whoever is signed in to the Azure CLI. */
function credential({ AZURE_CLIENT_ID: clientId }: Settings): TokenCredential {
  if (!isOnAzure(process.env)) return new AzureCliCredential();
  return clientId === undefined
    ? new ManagedIdentityCredential()
    : new ManagedIdentityCredential({ clientId });
}

/** Without a tenant or an audience the settings would have been refused. */
function identityOf(settings: Settings): Identity {
  const { ROLLOUT_AUTH, ROLLOUT_TENANT: tenant = '', ROLLOUT_AUDIENCE: audience = '' } = settings;
  if (ROLLOUT_AUTH === 'off') return localIdentity;
  const authority = settings.ROLLOUT_AUTHORITY ?? CLOUDS[settings.ROLLOUT_CLOUD].authority;
  return entraIdentity(createVerifier({ authority, tenant, audience }));
}
