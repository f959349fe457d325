import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { AccessKeys } from '../../../local/host/http/functions/keys.ts';
import { spawnHost, type ChildHost } from './child-host.ts';

export interface HostPair {
  /** Enforces no keys. */
  readonly open: ChildHost;
  /** Enforces those that were given. */
  readonly guarded: ChildHost;
}

/** One app in two hosts, for all tests of a file; they are there while its tests run. */
export function hostPair(app: string, keys: AccessKeys): HostPair {
  const folder = mkdtempSync(join(tmpdir(), 'host-pair-'));
  let hosts: readonly [ChildHost, ChildHost] | undefined;
  const running = (): readonly [ChildHost, ChildHost] => {
    if (hosts === undefined) throw new Error('the hosts run only while tests do');
    return hosts;
  };
  beforeAll(async () => {
    const file = join(folder, 'keys.json');
    writeFileSync(file, JSON.stringify(keys));
    const started = await Promise.all([spawnHost(['--app', app]), spawnHost(['--app', app, '--keys', file])]);
    hosts = started;
  });
  afterAll(async () => {
    await Promise.all(running().map((host) => host[Symbol.asyncDispose]()));
    rmSync(folder, { recursive: true });
  });
  return {
    get open() {
      return running()[0];
    },
    get guarded() {
      return running()[1];
    },
  };
}
