import type { Cipher } from './cipher.ts';
import { createMemo } from './memo.ts';

type Remembering = Pick<Cipher, 'encrypt' | 'decrypt'>;

const remembered = new WeakMap<Cipher, Remembering>();
const MOST_REMEMBERED = 100;

/** The same cipher, asked once: most of what it hides stays the same from one commit to the next. */
export function remembering(cipher: Cipher): Remembering {
  const known = remembered.get(cipher) ?? {
    encrypt: asked(cipher.encrypt),
    decrypt: asked(cipher.decrypt),
  };
  remembered.set(cipher, known);
  return known;
}

function asked(change: Cipher['encrypt']): Cipher['encrypt'] {
  const answers = createMemo<string>(MOST_REMEMBERED);
  return (text, place) => answers.get(`${place} ${text}`, () => change(text, place));
}
