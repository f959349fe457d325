import { createCipher } from '../../src/store/cipher.ts';
import type { Cipher } from '../../src/store/cipher.ts';

/** A value of ROLLOUT_ENCRYPTION_KEYS. */
export const ENCRYPTION_KEYS = 'lab:a-secret-of-the-lab-and-of-nobody-else';

/** With the same key every time, so that one store serves several builds of the app. */
export function labCipher(): Cipher {
  const [id = '', secret = ''] = ENCRYPTION_KEYS.split(':');
  return createCipher([{ id, secret }]);
}
