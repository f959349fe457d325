import type { Cipher } from '../cipher.ts';
import type { Store } from '../port.ts';
import { createBlobs } from './blobs.ts';
import { ANCHOR_CONTAINER_NAME, CONTAINER_NAME } from './names.ts';
import type { AzureStoreSettings } from './connection.ts';
import { createDocuments } from './documents.ts';

/** The store in an Azure Storage account. Its tables and containers are made at their first use. */
export function createAzureStore(settings: AzureStoreSettings, cipher: Cipher): Store {
  return {
    documents: createDocuments(settings),
    blobs: createBlobs(settings, CONTAINER_NAME),
    anchors: createBlobs(settings, ANCHOR_CONTAINER_NAME),
    cipher,
  };
}
