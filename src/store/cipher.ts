import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { canonicalJson } from '../core/model/canonical.ts';
import { createMemo } from './memo.ts';

/** A secret that lies outside the storage account, and what it is called there. */
export interface EncryptionKey {
  readonly id: string;
  readonly secret: string;
}

/** What keeps secrets from whoever can read the storage account alone. */
export interface Cipher {
  /**
   * Fingerprints that nobody can try values against who lacks the key: first the newest key's, which is the one to keep,
   * then those that older keys give.
   */
  readonly hashes: (value: unknown) => readonly string[];
  /** A text that only `decrypt` reads, and only at the same place: none passes for another one. */
  readonly encrypt: (text: string, place: string) => string;
  /**
   * What was encrypted with any of the keys, and what version 1 of the format kept in the clear as it is. Throws a
   * CipherError where the key is not among the keys, or the text is not of this place.
   */
  readonly decrypt: (text: string, place: string) => string;
}

/** An encrypted text cannot be read. */
export class CipherError extends Error {
  override readonly name = 'CipherError';
}

const ALGORITHM = 'aes-256-gcm';
const MARK = 'aes:';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A rollout has a few uses; to derive a key takes longer than to encrypt with it. */
const MOST_DERIVED = 100;

/** From the newest key, which encrypts, to the oldest: each still reads what it has encrypted. */
export function createCipher(keys: readonly EncryptionKey[]): Cipher {
  const [newest] = keys;
  if (newest === undefined) throw new RangeError('there is no key to encrypt with');
  const known = createMemo<KeyObject>(MOST_DERIVED);
  const derived = (key: EncryptionKey, use: string): KeyObject =>
    known.get(`${key.id} ${use}`, () => derive(key, use));
  return {
    hashes: (value) => keys.map((key) => hashWith(derived(key, 'hash'), value)),
    encrypt(text, place) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, derived(newest, place), iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${MARK}${newest.id}:${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    decrypt(text, place) {
      if (!text.startsWith(MARK)) return text;
      const [id = '', packed = ''] = text.slice(MARK.length).split(':');
      const key = keys.find((one) => one.id === id);
      if (key === undefined) {
        throw new CipherError(`${place} is encrypted with key ${id}, which ROLLOUT_ENCRYPTION_KEYS lacks`);
      }
      return decrypted(Buffer.from(packed, 'base64url'), derived(key, place), place);
    },
  };
}

function decrypted(packed: Buffer, key: KeyObject, place: string): string {
  try {
    const iv = packed.subarray(0, IV_BYTES);
    const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(packed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const body = packed.subarray(IV_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch {
    throw new CipherError(`${place} cannot be decrypted: it is damaged, of another place or of another key`);
  }
}

/** Each use has a key of its own, so that none is used too often. */
function derive({ secret }: EncryptionKey, use: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'vmss-rollout', use, 32)));
}

/** As long as a fingerprint. */
function hashWith(key: KeyObject, value: unknown): string {
  return createHmac('sha256', key).update(canonicalJson(value)).digest('hex').slice(0, 32);
}
