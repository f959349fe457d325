import type { TokenCredential } from '@azure/identity';
import { SignInError, UsageError } from '../errors.ts';
import { isLoopback } from './address.ts';
import type { Connection } from './settings.ts';
import { connection as words } from '../messages/connection.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Asked for before each request; `undefined` where the app wants none. */
export type TokenSource = () => Promise<string | undefined>;

/** A token is asked for anew when the old one has so little left. */
const SPARE_MILLISECONDS = 300_000;

/**
 * How a command signs in: through Azure's own library, which finds whoever is signed in to the Azure CLI, the identity of
 * a machine or of a pipeline, or shows a code. Nothing is kept here. A token of a local issuer (`VMSS_ROLLOUT_TOKEN`) goes
 * to this machine only.
 */
export function tokenSource(
  connection: Connection,
  env: Environment,
  tell: (text: string) => void,
): TokenSource {
  const address = URL.parse(connection.url ?? '');
  const given = (env['VMSS_ROLLOUT_TOKEN'] ?? '').trim();
  if (given !== '') {
    if (address !== null && !isLoopback(address.hostname)) throw new UsageError(words.tokenElsewhere);
    return () => Promise.resolve(given);
  }
  const { audience } = connection;
  if (address === null || audience === undefined) return () => Promise.resolve(undefined);
  if (address.protocol !== 'https:' && !isLoopback(address.hostname))
    throw new UsageError(words.tokenOverHttp);
  return remembered(connection, scopeOf(audience), tell);
}

function scopeOf(audience: string): string {
  return `${audience.includes(':') ? audience : `api://${audience}`}/.default`;
}

/** The credential of the Azure CLI starts a program for each token: one is used for as long as it lasts. */
function remembered(connection: Connection, scope: string, tell: (text: string) => void): TokenSource {
  let credential: Promise<TokenCredential> | undefined;
  let known: { readonly token: string; readonly expiresOnTimestamp: number } | undefined;
  return async () => {
    if (known !== undefined && known.expiresOnTimestamp - Date.now() > SPARE_MILLISECONDS) return known.token;
    credential ??= credentialFor(connection, tell);
    try {
      known = (await (await credential).getToken(scope)) ?? undefined;
    } catch (error) {
      throw new SignInError(reasonOf(error), { cause: error });
    }
    return known?.token;
  };
}

/** Loaded only where somebody signs in: it takes longer to load than all the rest. */
async function credentialFor(
  { tenant, signIn = 'auto' }: Connection,
  tell: (text: string) => void,
): Promise<TokenCredential> {
  const azure = await import('@azure/identity');
  const within = { ...(tenant !== undefined && { tenantId: tenant }), ...ofThisMachine() };
  switch (signIn) {
    case 'az':
      return new azure.AzureCliCredential(within);
    case 'managedIdentity': {
      const clientId = process.env['AZURE_CLIENT_ID'];
      return clientId === undefined
        ? new azure.ManagedIdentityCredential()
        : new azure.ManagedIdentityCredential({ clientId });
    }
    case 'workloadIdentity':
      return new azure.WorkloadIdentityCredential(within);
    case 'deviceCode':
      return new azure.DeviceCodeCredential({
        ...within,
        userPromptCallback: ({ message }) => tell(`${message}\n`),
      });
    case 'auto': {
      const isPipeline = process.env['AZURE_FEDERATED_TOKEN_FILE'] !== undefined;
      const isMachine = process.env['IDENTITY_ENDPOINT'] !== undefined;
      return new azure.ChainedTokenCredential(
        ...(isPipeline ? [new azure.WorkloadIdentityCredential(within)] : []),
        ...(isMachine ? [new azure.ManagedIdentityCredential()] : []),
        new azure.AzureCliCredential(within),
      );
    }
  }
}

/** An authority of this machine is known to no cloud, which the library would ask about it. */
function ofThisMachine(): { readonly disableInstanceDiscovery?: true } {
  const host = URL.parse(process.env['AZURE_AUTHORITY_HOST'] ?? '')?.hostname;
  return host !== undefined && isLoopback(host) ? { disableInstanceDiscovery: true } : {};
}

/** The first line of what the library says: the rest lists each way that it tried. */
function reasonOf(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return words.cannotSignIn(said.split('\n').find((line) => line.trim() !== ''));
}
