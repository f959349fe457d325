import { TableClient } from '@azure/data-tables';
import type { TokenCredential } from '@azure/identity';
import { BlobServiceClient } from '@azure/storage-blob';
import type { ContainerClient } from '@azure/storage-blob';
import type { Table } from '../port.ts';
import { tableName } from './names.ts';

/** Where the store is: by a connection string, or in an account that an identity may use. */
export type AzureStoreSettings = StoreTimeout & (ConnectionStringSettings | IdentitySettings);

interface StoreTimeout {
  /** When a call without an answer is given up; 30 by default. */
  readonly timeoutSeconds?: number;
}

interface ConnectionStringSettings {
  readonly connectionString: string;
}

interface IdentitySettings {
  readonly accountName: string;
  readonly credential: TokenCredential;
  /** Of the cloud; `core.windows.net` by default. */
  readonly endpointSuffix?: string;
}

/** Two clients of one thing: reads may be repeated, a write is sent once. */
export interface Pair<T> {
  readonly reader: T;
  readonly writer: T;
}

const READ_RETRIES = 3;

export function connectTable(settings: AzureStoreSettings, table: Table): Pair<TableClient> {
  const name = tableName(table);
  const connect = (maxRetries: number): TableClient => {
    const options = {
      retryOptions: { maxRetries, retryDelayInMs: 200, maxRetryDelayInMs: 2_000 },
      // Taken back below for every host but this one.
      allowInsecureConnection: true,
    };
    const client =
      'connectionString' in settings
        ? TableClient.fromConnectionString(settings.connectionString, name, options)
        : new TableClient(urlOf(settings, 'table'), name, settings.credential, options);
    checkTransport(client.url);
    return client;
  };
  return { reader: connect(READ_RETRIES), writer: connect(0) };
}

export function connectContainer(settings: AzureStoreSettings, name: string): Pair<ContainerClient> {
  const connect = (maxTries: number): ContainerClient => {
    const options = { retryOptions: { maxTries, retryDelayInMs: 200, maxRetryDelayInMs: 2_000 } };
    const service =
      'connectionString' in settings
        ? BlobServiceClient.fromConnectionString(settings.connectionString, options)
        : new BlobServiceClient(urlOf(settings, 'blob'), settings.credential, options);
    checkTransport(service.url);
    return service.getContainerClient(name);
  };
  return { reader: connect(1 + READ_RETRIES), writer: connect(1) };
}

/** A signal that gives up a call, for `abortSignal`. */
export function deadline({ timeoutSeconds = 30 }: StoreTimeout): AbortSignal {
  return AbortSignal.timeout(timeoutSeconds * 1_000);
}

function urlOf({ accountName, endpointSuffix }: IdentitySettings, service: 'blob' | 'table'): string {
  if (!/^[a-z0-9]{3,24}$/.test(accountName))
    throw new TypeError('a storage account has 3 to 24 letters or digits');
  return `https://${accountName}.${service}.${endpointSuffix ?? 'core.windows.net'}`;
}

/** Keys and data travel unprotected over http: only an emulator on this machine may be reached that way. */
function checkTransport(url: string): void {
  const { protocol, hostname, host } = new URL(url);
  const isLoopback =
    hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
  if (protocol !== 'https:' && !isLoopback) {
    throw new TypeError(
      `${protocol}//${host} is refused: only a loopback storage endpoint may go without TLS`,
    );
  }
}
