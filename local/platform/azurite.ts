import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { startChild, type Child } from './child.ts';

const ACCOUNT = 'devstoreaccount1';
const SERVICES = ['Blob', 'Queue', 'Table'] as const;
const LISTENING = /(Blob|Queue|Table) service is successfully listening at (\S+)/;

/** It takes notice of SIGTERM only a little after it listens; ended before that it would not save its tables. */
const SETTLE_MILLISECONDS = 300;

/** Starts Azurite on free ports, ready with its connection string; what it stores stays in the state directory. */
export function startAzurite(stateDirectory: string): Child<string> {
  const location = join(stateDirectory, 'azurite');
  mkdirSync(location, { recursive: true });
  const key = randomBytes(64).toString('base64');
  const urls = new Map<string, string>();
  return startChild({
    name: 'azurite',
    script: createRequire(import.meta.url).resolve('azurite/dist/src/azurite.js'),
    args: [
      '--silent',
      '--skipApiVersionCheck',
      // Without it each start tries to reach a telemetry service.
      '--disableTelemetry',
      '--location',
      location,
      ...SERVICES.flatMap((service) => [`--${service.toLowerCase()}Host`, '127.0.0.1']),
      ...SERVICES.flatMap((service) => [`--${service.toLowerCase()}Port`, '0']),
    ],
    // A key for this run only, so that nobody else on this machine reads or writes a rollout's records.
    env: { ...process.env, AZURITE_ACCOUNTS: `${ACCOUNT}:${key}` },
    stateDirectory,
    settleMilliseconds: SETTLE_MILLISECONDS,
    readyWhen(line) {
      const [, service, url] = LISTENING.exec(line) ?? [];
      if (service !== undefined && url !== undefined) urls.set(service, url);
      return urls.size === SERVICES.length ? connectionString(urls, key) : undefined;
    },
  });
}

function connectionString(urls: ReadonlyMap<string, string>, key: string): string {
  const endpoints = [...urls].map(([service, url]) => `${service}Endpoint=${url}/${ACCOUNT}`);
  return ['DefaultEndpointsProtocol=http', `AccountName=${ACCOUNT}`, `AccountKey=${key}`, ...endpoints].join(
    ';',
  );
}
