import { describe, expect, it } from 'vitest';
import { createMemoryStore, StoreFault } from '../lab/memory-store.ts';

const key = { table: 'leases', partition: 'p', row: 'r' } as const;

describe('a failure of the memory store', () => {
  it('strikes before the call has an effect', async () => {
    const store = createMemoryStore();
    await store.documents.get(key);
    store.fail({ call: 2, when: 'before' });
    await expect(store.documents.insert(key, 1)).rejects.toThrow(StoreFault);
    expect(await store.documents.get(key)).toBeUndefined();
    expect(store.calls).toEqual(['get leases/p/r', 'insert leases/p/r', 'get leases/p/r']);
  });

  it('strikes after the call had its effect', async () => {
    const store = createMemoryStore();
    store.fail({ call: 1, when: 'after' });
    await expect(store.blobs.create('b', 'text')).rejects.toThrow(StoreFault);
    expect(await store.blobs.read('b')).toBe('text');
  });

  it('lasts until it is healed when the process is gone for good', async () => {
    const store = createMemoryStore();
    store.fail({ call: 1, when: 'after', forGood: true });
    await expect(store.documents.insert(key, 1)).rejects.toThrow(StoreFault);
    await expect(store.documents.remove(key)).rejects.toThrow(StoreFault);
    store.heal();
    expect((await store.documents.get(key))?.value).toBe(1);
  });
});
