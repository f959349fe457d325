import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { connection as words } from '../messages/connection.ts';

/** Written by `npm start` while it runs, so that a free port needs no telling. */
const LOCAL_APP_FILE = join(import.meta.dirname, '..', '..', '.local', 'app.json');
const LOCAL_DEFAULT = 'http://127.0.0.1:7071';
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

export function isLoopback(hostname: string): boolean {
  return LOOPBACK.has(hostname);
}

/** Where the function app is: the one that is named, else the local one. */
export function appAddress(named: string | undefined, localAppFile: string = LOCAL_APP_FILE): string {
  if (named !== undefined && named !== '') return checked(named);
  return localApp(localAppFile) ?? LOCAL_DEFAULT;
}

function checked(text: string): string {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(words.notAnAddress(text));
  }
  if (url.username !== '' || url.search !== '' || url.hash !== '') {
    throw new UsageError(words.onlyTheApp);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '').replace(/\/api$/, '');
}

/** The file may be of a crashed run or half written: then the default port is the best guess left. */
function localApp(file: string): string | undefined {
  try {
    const { url } = z.object({ url: z.url() }).parse(JSON.parse(readFileSync(file, 'utf8')));
    return isLoopback(new URL(url).hostname) ? url.replace(/\/+$/, '') : undefined;
  } catch {
    return undefined;
  }
}
