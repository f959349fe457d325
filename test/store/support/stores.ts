import type { Store } from '../../../src/store/port.ts';
import { labCipher } from '../../lab/cipher.ts';
import { createAzureStore } from '../../../src/store/azure/store.ts';
import { createMemoryStore } from '../../lab/memory-store.ts';
import { connectionString, startAzurite } from './azurite.ts';

export interface Implementation {
  readonly name: string;
  readonly start: () => Promise<{ readonly store: Store; readonly end: () => Promise<void> }>;
}

/** Every implementation of the store's port: what holds of one holds of all. */
export const STORES: readonly Implementation[] = [
  {
    name: 'memory',
    start: () => Promise.resolve({ store: createMemoryStore(), end: () => Promise.resolve() }),
  },
  {
    name: 'Azure Storage',
    async start() {
      const azurite = await startAzurite();
      return {
        store: createAzureStore({ connectionString: connectionString(azurite) }, labCipher()),
        end: async () => {
          await azurite[Symbol.asyncDispose]();
        },
      };
    },
  },
];
