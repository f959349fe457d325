import type { Cipher } from '../cipher.ts';
import type { Store } from '../port.ts';
import { createBlobs } from './blobs.ts';
import type { AzureStoreSettings } from './connection.ts';
import { createDocuments } from './documents.ts';

/** The store in an Azure Storage account. Its tables and container are made at their first use. */
export function createAzureStore(settings: AzureStoreSettings, cipher: Cipher): Store {
  return { documents: createDocuments(settings), blobs: createBlobs(settings), cipher };
}
