import { DefaultAzureCredential } from '@azure/identity';
import { createCompute } from './azure/arm.ts';
import { parseEndpoint } from './azure/endpoint.ts';
import { authenticatedUser, localUser } from './functions/identity.ts';
import { registerApp } from './functions/register.ts';
import { readSettings } from './functions/settings.ts';
import type { Settings } from './functions/settings.ts';
import type { AzureStoreSettings } from './store/azure/connection.ts';
import { createAzureStore } from './store/azure/store.ts';
import packageJson from '../package.json' with { type: 'json' };

/** The one place where the app is put together with the world: Azure, its storage, and the real time. */
const settings = readSettings(process.env);
const clock = { now: () => Date.now() };
const ports = {
  clock,
  compute: createCompute({
    clock,
    endpoint: settings.ROLLOUT_ARM_ENDPOINT,
    timeoutSeconds: settings.ROLLOUT_REQUEST_TIMEOUT_SECONDS,
    credential: parseEndpoint(settings.ROLLOUT_ARM_ENDPOINT).isLocal ? undefined : credential(),
  }),
  store: createAzureStore(storage(settings)),
  pace: {
    pollSeconds: settings.ROLLOUT_POLL_SECONDS,
    viewLagSeconds: settings.ROLLOUT_VIEW_LAG_SECONDS,
    requestTimeoutSeconds: settings.ROLLOUT_REQUEST_TIMEOUT_SECONDS,
    maxInstanceIds: settings.ROLLOUT_MAX_INSTANCE_IDS,
    cacheSeconds: settings.ROLLOUT_CACHE_SECONDS,
  },
};

registerApp({
  ports: () => ports,
  identity: settings.ROLLOUT_IDENTITY === 'local' ? localUser : authenticatedUser,
  version: packageJson.version,
});

function storage({ AzureWebJobsStorage, AzureWebJobsStorage__accountName }: Settings): AzureStoreSettings {
  if (AzureWebJobsStorage !== undefined) return { connectionString: AzureWebJobsStorage };
  return { accountName: AzureWebJobsStorage__accountName ?? '', credential: credential() };
}

function credential(): DefaultAzureCredential {
  const { AZURE_CLIENT_ID } = settings;
  return new DefaultAzureCredential(
    AZURE_CLIENT_ID === undefined ? {} : { managedIdentityClientId: AZURE_CLIENT_ID },
  );
}
