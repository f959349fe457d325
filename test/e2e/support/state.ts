import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const LOCAL = join(import.meta.dirname, '..', '..', '..', '.local');

export interface StateFolder extends Disposable {
  readonly path: string;
}

/** A fresh folder in the checkout's ignored one. */
export function stateFolder(name: string): StateFolder {
  mkdirSync(LOCAL, { recursive: true });
  const path = mkdtempSync(join(LOCAL, `${name}-`));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
