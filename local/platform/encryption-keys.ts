import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the app encrypts secrets with on this machine: made once for a state, and kept in a file that is its owner's only. */
export function encryptionKeys(state: string): string {
  const file = join(state, 'encryption-keys');
  if (!existsSync(file)) {
    const unfinished = `${file}.new`;
    writeFileSync(unfinished, `local:${randomBytes(32).toString('base64url')}`, { mode: 0o600 });
    renameSync(unfinished, file);
  }
  return readFileSync(file, 'utf8');
}
