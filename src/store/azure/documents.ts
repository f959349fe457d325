import type { Documents } from '../port.ts';
import type { AzureStoreSettings } from './connection.ts';
import { toStored } from './entities.ts';
import { commitChange, listDocuments, putDocuments, removeDocuments } from './many-documents.ts';
import { insertDocument, readDocument, removeDocument, replaceDocument } from './one-document.ts';
import { connectTables } from './tables.ts';

/** Documents as entities of Azure Tables. */
export function createDocuments(settings: AzureStoreSettings): Documents {
  const tables = connectTables(settings);
  return {
    async get(key) {
      const entity = await readDocument(tables, key);
      return entity && toStored(entity);
    },
    insert: (key, value) => insertDocument(tables, key, value),
    replace: (key, value, etag) => replaceDocument(tables, { key, value }, etag),
    remove: (key) => removeDocument(tables, key),
    removeAll: (table, partition, rows) => removeDocuments(tables, { table, partition }, rows),
    commit: (change) => commitChange(tables, change),
    putAll: (table, partition, rows) => putDocuments(tables, { table, partition }, rows),
    list: (table, partition, options = {}) => listDocuments(tables, { table, partition }, options),
  };
}
