import { DefaultAzureCredential } from '@azure/identity';
import { createCompute } from './azure/arm.ts';
import { parseEndpoint } from './azure/endpoint.ts';
import type { App } from './functions/app.ts';
import { authenticatedUser, localUser } from './functions/identity.ts';
import { registerApp } from './functions/register.ts';
import { registerUnready } from './functions/register-unready.ts';
import { readSettings, SettingsError } from './functions/settings.ts';
import type { Settings } from './functions/settings.ts';
import type { AzureStoreSettings } from './store/azure/connection.ts';
import { createAzureStore } from './store/azure/store.ts';
import type { Store } from './store/port.ts';
import packageJson from '../package.json' with { type: 'json' };

const composed = compose(process.env);
if (composed instanceof SettingsError) {
  // No log of the Functions host is open yet; what a worker prints is in its own.
  process.stderr.write(`${composed.message}\n`);
  registerUnready(composed);
} else {
  registerApp(composed);
}

/** The one place where the app is put together with the world: Azure, its storage, and the real time. */
function compose(env: NodeJS.ProcessEnv): App | SettingsError {
  try {
    return appOf(readSettings(env));
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
}

function appOf(settings: Settings): App {
  const clock = { now: () => Date.now() };
  const isLocal = settings.ROLLOUT_IDENTITY === 'local';
  const ports = {
    clock,
    compute: createCompute({
      clock,
      endpoint: settings.ROLLOUT_ARM_ENDPOINT,
      timeoutSeconds: settings.ROLLOUT_REQUEST_TIMEOUT_SECONDS,
      credential: parseEndpoint(settings.ROLLOUT_ARM_ENDPOINT).isLocal ? undefined : credential(settings),
    }),
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
    identity: isLocal ? localUser : authenticatedUser,
    reach: isLocal ? 'loopback' : 'anywhere',
    version: packageJson.version,
  };
}

/** The storage's own client reads the connection string; its words about a bad one may repeat it. */
function storeOf(settings: Settings): Store {
  const where = storage(settings);
  try {
    return createAzureStore(where);
  } catch {
    const message = 'must be the connection string of a storage account, by https or on this machine';
    throw new SettingsError([{ path: 'AzureWebJobsStorage', message }]);
  }
}

function storage(settings: Settings): AzureStoreSettings {
  const { AzureWebJobsStorage, AzureWebJobsStorage__accountName } = settings;
  if (AzureWebJobsStorage !== undefined) return { connectionString: AzureWebJobsStorage };
  return { accountName: AzureWebJobsStorage__accountName ?? '', credential: credential(settings) };
}

function credential({ AZURE_CLIENT_ID }: Settings): DefaultAzureCredential {
  return new DefaultAzureCredential(
    AZURE_CLIENT_ID === undefined ? {} : { managedIdentityClientId: AZURE_CLIENT_ID },
  );
}
