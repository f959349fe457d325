import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { tied } from '../../e2e/support/tied.ts';

/** The emulator's published account, the same on every machine. */
const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

const LISTENING = /(Blob|Table) service is successfully listening at (http:\S+)/;

export interface Azurite extends AsyncDisposable {
  readonly blobUrl: string;
  readonly tableUrl: string;
}

/** Starts Azurite, in memory, on ports that are free. */
export async function startAzurite(): Promise<Azurite> {
  const script = createRequire(import.meta.url).resolve('azurite/dist/src/azurite.js');
  const quiet = ['--silent', '--skipApiVersionCheck', '--disableTelemetry', '--inMemoryPersistence'];
  const child = tied(
    spawn(
      process.execPath,
      [script, ...quiet, ...['blob', 'queue', 'table'].flatMap((service) => listenOnLoopback(service))],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    ),
  );

  const urls = new Map<string, string>();
  for await (const line of createInterface({ input: child.stdout })) {
    const [, service, url] = LISTENING.exec(line) ?? [];
    if (service !== undefined && url !== undefined) urls.set(service, url);
    if (urls.size === 2) break;
  }
  child.stdout.resume();
  const [blobUrl, tableUrl] = [urls.get('Blob'), urls.get('Table')];
  if (blobUrl === undefined || tableUrl === undefined) throw new Error('Azurite ended before it listened');

  return {
    blobUrl,
    tableUrl,
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function listenOnLoopback(service: string): readonly string[] {
  return [`--${service}Host`, '127.0.0.1', `--${service}Port`, '0'];
}

export function connectionString({ blobUrl, tableUrl }: Pick<Azurite, 'blobUrl' | 'tableUrl'>): string {
  const settings = {
    DefaultEndpointsProtocol: 'http',
    AccountName: ACCOUNT,
    AccountKey: KEY,
    BlobEndpoint: `${blobUrl}/${ACCOUNT}`,
    TableEndpoint: `${tableUrl}/${ACCOUNT}`,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value};`)
    .join('');
}
