import { join } from 'node:path';

/** Has all processes that this one starts keep what Node compiles of the libraries: each loads much the same. */
export function cacheCompiled(): void {
  process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '../node_modules/.cache/compiled');
}
