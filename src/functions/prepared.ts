import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** An answer as it is sent: its text, what names it, and once somebody wants that, packed. */
export interface Prepared {
  readonly text: string;
  /** The first half of the SHA-256 of the text. */
  readonly etag: string;
  readonly packed: () => Uint8Array;
}

/** Writes an answer down. */
export function prepared(body: unknown): Prepared {
  const text = JSON.stringify(body);
  let packed: Uint8Array | undefined;
  return {
    text,
    etag: `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`,
    packed: () => (packed ??= gzipSync(text)),
  };
}

type Shape<T> = (found: T) => unknown;

const made = new WeakMap<object, WeakMap<Shape<never>, Prepared>>();

/** The same answer for everybody who is shown the same thing in the same shape: it is written and packed once. */
export function preparedFor<T extends object>(found: T, shape: Shape<T>): Prepared {
  const shapes = made.get(found) ?? new WeakMap<Shape<never>, Prepared>();
  made.set(found, shapes);
  const known = shapes.get(shape);
  if (known !== undefined) return known;
  const fresh = prepared(shape(found));
  shapes.set(shape, fresh);
  return fresh;
}
