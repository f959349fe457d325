import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { AppLoadError } from './worker/app/load-app.ts';
import { startHost, type RunningHost } from './host.ts';
import type { Redelivery } from './hub/deliveries.ts';
import { parseKeys, type AccessKeys } from './http/functions/keys.ts';
import { PortInUseError } from './http/web/server.ts';
import { lineLog } from './worker/log.ts';
import { StateInUseError } from './store/lock.ts';

const USAGE =
  'usage: npm run host -- --app DIR [--port P] [--state DIR] [--schema 3|4] [--strict] [--keys FILE] ' +
  '[--redelivery SECONDS]';

interface Arguments {
  readonly appFolder: string;
  readonly port: number;
  readonly stateFolder: string | undefined;
  readonly schema: 3 | 4;
  readonly strict: boolean;
  readonly keysFile: string | undefined;
  readonly redelivery: Redelivery | undefined;
}

function readArguments(args: readonly string[]): Arguments | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        app: { type: 'string' },
        port: { type: 'string', default: '0' },
        state: { type: 'string' },
        schema: { type: 'string', default: '4' },
        strict: { type: 'boolean', default: false },
        keys: { type: 'string' },
        redelivery: { type: 'string' },
      },
    });
    const port = Number(values.port);
    const isPort = Number.isInteger(port) && port >= 0 && port <= 65_535;
    const redelivery = values.redelivery === undefined ? undefined : Number(values.redelivery || Number.NaN);
    if (values.app === undefined || !isPort || !['3', '4'].includes(values.schema)) return undefined;
    if (redelivery !== undefined && !(redelivery >= 0 && redelivery <= 3600)) return undefined;
    return {
      appFolder: values.app,
      port,
      stateFolder: values.state,
      schema: values.schema === '3' ? 3 : 4,
      strict: values.strict,
      keysFile: values.keys,
      redelivery: redelivery === undefined ? undefined : bothQueues(redelivery * 1000),
    };
  } catch {
    return undefined;
  }
}

function bothQueues(ms: number): Redelivery {
  return { messagesMs: ms, activitiesMs: ms };
}

class KeysError extends Error {}

function readKeys(file: string | undefined): AccessKeys | undefined {
  if (file === undefined) return undefined;
  const keys = existsSync(file) ? parseKeys(readFileSync(file, 'utf8')) : undefined;
  if (keys === undefined) {
    throw new KeysError(`${file} must be JSON with the keys "master" and "host", and "functions" by name.`);
  }
  return keys;
}

/** Errors whose message alone tells the user what to do. */
function isPlain(error: unknown): error is Error {
  return [AppLoadError, PortInUseError, StateInUseError, KeysError].some((type) => error instanceof type);
}

const LONGEST_STOP_MS = 1500;

function stopOnSignal(host: RunningHost): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(0), LONGEST_STOP_MS).unref();
    void host.close().finally(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

async function main(): Promise<void> {
  const parsed = readArguments(process.argv.slice(2));
  if (parsed === undefined) {
    process.stderr.write(`${USAGE}\n`);
    process.exit(2);
  }
  const log = lineLog(
    (line) => process.stderr.write(line),
    () => new Date(),
  );
  try {
    const host = await startHost({ ...parsed, keys: readKeys(parsed.keysFile), log });
    stopOnSignal(host);
    process.stdout.write(`ready ${host.origin}\n`);
  } catch (error) {
    process.stderr.write(isPlain(error) ? `${error.message}\n` : `${String((error as Error).stack)}\n`);
    process.exit(1);
  }
}

await main();
