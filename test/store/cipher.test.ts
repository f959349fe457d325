import { describe, expect, it } from 'vitest';
import { CipherError, createCipher } from '../../src/store/cipher.ts';
import type { Store } from '../../src/store/port.ts';
import { readPlan } from '../../src/store/plans.ts';
import { readRollout } from '../../src/store/rollouts.ts';
import { kept } from '../lab/kept.ts';
import { NEW, startLab, WEB } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';

const OLDER = { id: 'older', secret: 'o'.repeat(40) };
const NEWER = { id: 'newer', secret: 'n'.repeat(40) };
const PASSWORD = 'hunter2-hunter2';
const SPEC = {
  scaleSet: WEB,
  change: { osProfile: { adminPassword: PASSWORD } },
  strategy: { acceptIrreversible: true },
};

/** From now on the app has these keys. */
function giveKeys(store: Store, ...keys: Parameters<typeof createCipher>[0]): void {
  Object.assign(store, { cipher: createCipher(keys) });
}

async function specHash(lab: Lab): Promise<string> {
  const [entry] = await lab.store.documents.list('keys', 'keys');
  return (entry?.value as { specHash: string } | undefined)?.specHash ?? '';
}

const ask = (lab: Lab, body: object = SPEC, key = 'release-1') =>
  lab.call('POST', '/rollouts', body, { 'idempotency-key': key });

describe('a hash of what may hold a password', () => {
  // Feature [Secrets] A hash that could reveal a password has a key that is kept outside the storage account (Issue 12, kind 8)
  it('is another one with another key', async () => {
    const hashes: string[] = [];
    for (const key of [OLDER, OLDER, NEWER]) {
      await using lab = await startLab({ count: 5 });
      giveKeys(lab.store, key);
      expect((await ask(lab)).status).toBe(202);
      hashes.push(await specHash(lab));
    }
    expect(hashes[1]).toBe(hashes[0]);
    expect(hashes[2]).not.toBe(hashes[0]);
  });

  it('is known again after a change of the key, and tells another request as before', async () => {
    await using lab = await startLab({ count: 5 });
    giveKeys(lab.store, OLDER);
    const first = await ask(lab);
    giveKeys(lab.store, NEWER, OLDER);
    const again = await ask(lab);
    expect(again.status).toBe(first.status);
    expect(again.body.id).toBe(first.body.id);
    const other = { ...SPEC, change: { osProfile: { adminPassword: `${PASSWORD}!` } } };
    expect(await ask(lab, other)).toMatchObject({ status: 422, body: { code: 'idempotencyKeyReused' } });
  });

  it('names a plan, which is known again after a change of the key', async () => {
    const settings = { storageAccountKey: 'hunter2' };
    const profile = {
      extensions: [
        {
          name: 'app',
          properties: { publisher: 'p', type: 't', typeHandlerVersion: '1.0', settings },
        },
      ],
    };
    await using lab = await startLab({ count: 5, ...profile });
    giveKeys(lab.store, OLDER);
    const body = {
      scaleSet: WEB,
      change: { extensions: [{ name: 'app', settings: { storageAccountKey: 'hunter3' } }] },
    };
    const planHash = async (): Promise<string> => (await lab.call('POST', '/plans', body)).body.hash;
    const reviewed = await planHash();
    expect(await planHash()).toBe(reviewed);
    giveKeys(lab.store, NEWER, OLDER);
    expect(await planHash()).not.toBe(reviewed);
    expect((await lab.rollOut({ ...body, planHash: reviewed })).phase).toBe('succeeded');
  });
});

describe('a text that is encrypted', () => {
  const cipher = createCipher([OLDER]);

  it('is another one each time, and shows nothing of itself', () => {
    const [one, two] = [cipher.encrypt(PASSWORD, 'a'), cipher.encrypt(PASSWORD, 'a')];
    expect(one).not.toBe(two);
    expect(one).not.toContain(PASSWORD);
    expect([cipher.decrypt(one, 'a'), cipher.decrypt(two, 'a')]).toEqual([PASSWORD, PASSWORD]);
  });

  it('is read at its own place only, with its own key only, and whole only', () => {
    const text = cipher.encrypt(PASSWORD, 'a');
    expect(() => cipher.decrypt(text, 'b')).toThrow(CipherError);
    expect(() => createCipher([{ ...NEWER, id: 'older' }]).decrypt(text, 'a')).toThrow(CipherError);
    expect(() => createCipher([NEWER]).decrypt(text, 'a')).toThrow(
      /key older, which ROLLOUT_ENCRYPTION_KEYS/,
    );
    const changed = `${text.slice(0, 20)}${text[20] === 'A' ? 'B' : 'A'}${text.slice(21)}`;
    for (const damaged of [text.slice(0, -2), changed, 'aes:older:', 'aes:']) {
      expect(() => cipher.decrypt(damaged, 'a'), damaged).toThrow(CipherError);
    }
  });
});

// Feature [Secrets] What an older encryption key has encrypted is read after a change of the key (Issue 12, kind 8)
it('goes on with a rollout whose key was changed in the middle of it', async () => {
  await using lab = await startLab({ count: 5 });
  giveKeys(lab.store, OLDER);
  const id = await lab.start({ change: { image: { version: NEW } } });
  await lab.until(id, 'settling');
  giveKeys(lab.store, NEWER, OLDER);
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
  expect((await lab.call('GET', `/rollouts/${id}/plan`)).status).toBe(200);
  const texts = JSON.stringify([...(await kept(lab.store)).values()]);
  expect(texts).toContain('aes:older:');
  expect(texts).toContain('aes:newer:');
});

it('reads what version 1 of the format kept in the clear', async () => {
  await using lab = await startLab({ count: 5 });
  const id = await lab.start();
  await lab.until(id, 'settling');
  const { store } = lab;
  const [stored, plan] = [await readRollout(store, id), await readPlan(store, id)];
  await store.blobs.remove(`plans/${id}`);
  await store.blobs.create(`plans/${id}`, JSON.stringify({ version: 1, ...plan }));
  const value = { version: 1, record: stored?.record, chunks: stored?.chunks };
  await store.documents.putAll('rollouts', id, [{ row: 'head', value }]);
  expect((await readRollout(store, id))?.record).toEqual(stored?.record);
  expect(await readPlan(store, id)).toEqual(plan);
  expect((await lab.toEnd(id)).phase).toBe('succeeded');
});
