import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface PublishedAddress extends Disposable {
  readonly url: string;
}

/** Tells the CLI where the local function app is, for as long as it runs. */
export function publishAddress(file: string, url: string): PublishedAddress {
  const content = JSON.stringify({ url, processId: process.pid });
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, file);
  return {
    url,
    [Symbol.dispose]() {
      // A later start may have put its own address there.
      if (readIfThere(file) === content) rmSync(file, { force: true });
    },
  };
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
