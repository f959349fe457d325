import { setTimeout as delay } from 'node:timers/promises';
import { startAzurite } from './azurite.ts';
import type { Child } from './child.ts';
import { startHost, startIssuer, startSimulator, type HostOptions, type SimulatorOptions } from './parts.ts';

export interface PlatformOptions extends SimulatorOptions, HostOptions {
  /** A service to talk to instead of the simulator. */
  readonly arm?: string;
  /** Whether callers have to show a token of a local issuer. */
  readonly auth?: boolean;
  /** Resolves once the app's code is there; the others start meanwhile. */
  readonly built?: Promise<void>;
}

export interface Platform {
  readonly url: string;
  /** Where the app finds Azure Resource Manager. */
  readonly arm: string;
  readonly issuer: string | undefined;
  readonly children: readonly Child[];
  /** Resolves when a child has ended although nobody asked it to. */
  readonly broken: Promise<Error>;
  stop(): Promise<void>;
}

const HOST_GRACE_MILLISECONDS = 2000;
const OTHERS_GRACE_MILLISECONDS = 2000;
const HEALTH_SECONDS = 30;

/** Starts Azurite, simulator and host side by side, none the child of another, and waits until the API answers. */
export async function startPlatform(options: PlatformOptions, signal: AbortSignal): Promise<Platform> {
  const children: Child[] = [];
  const stop = stopOnce(children);
  // A build that fails while nobody waits for it is reported below.
  options.built?.catch(() => undefined);
  const stopEarly = (): void => void stop();
  signal.addEventListener('abort', stopEarly);
  try {
    const add = <Ready>(child: Child<Ready>): Child<Ready> => {
      children.push(child);
      return child;
    };
    const azurite = add(startAzurite(options.state));
    const simulator = options.arm === undefined ? add(await startSimulator(options)) : undefined;
    const asked = options.auth === true ? add(startIssuer(options.state)) : undefined;
    const [storage, arm, issuer] = await Promise.all([
      azurite.ready,
      simulator?.ready ?? options.arm ?? '',
      asked?.ready,
      options.built,
    ]);
    signal.throwIfAborted();
    const url = await add(startHost(options, { storage, arm, issuer })).ready;
    await untilHealthy(url, signal);
    return { url, arm, issuer, children, broken: firstToEnd(children), stop };
  } catch (error) {
    await stop();
    throw signal.aborted ? signal.reason : withLastWords(error, children);
  } finally {
    signal.removeEventListener('abort', stopEarly);
  }
}

async function untilHealthy(url: string, signal: AbortSignal): Promise<void> {
  for (let attempt = 0; attempt < HEALTH_SECONDS * 5; attempt += 1) {
    signal.throwIfAborted();
    const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5000) }).catch(
      () => undefined,
    );
    if (answer?.ok === true) return answer.body?.cancel();
    const { code, detail } = problemOf(await answer?.text().catch(() => ''));
    if (code === 'wrongSettings' || code === 'notConfigured') throw new Error(detail);
    await delay(200);
  }
  throw new Error(`the function app did not answer ${url}/api/health within ${HEALTH_SECONDS} s`);
}

function problemOf(text = ''): { readonly code?: string; readonly detail?: string } {
  try {
    return JSON.parse(text) as { readonly code?: string; readonly detail?: string };
  } catch {
    return {};
  }
}

/** The host first, so that nothing it still writes is lost; then what it wrote to. */
function stopOnce(children: readonly Child[]): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const stopAll = async (): Promise<void> => {
    const host = children.find(({ name }) => name === 'host');
    await host?.stop(HOST_GRACE_MILLISECONDS);
    await Promise.all(children.map((child) => child.stop(OTHERS_GRACE_MILLISECONDS)));
  };
  return () => (stopping ??= stopAll());
}

async function firstToEnd(children: readonly Child[]): Promise<Error> {
  const ended = await Promise.race(children.map((child) => child.ended.then(() => child)));
  return new Error(`${ended.name} ended by itself; its last words:\n${ended.lastWords()}`);
}

/** What a child said last, beside the error that names it. */
export function withLastWords(error: unknown, children: readonly Child[]): Error {
  const message = error instanceof Error ? error.message : String(error);
  const culprit = children.find(({ name }) => message.startsWith(name));
  const words = culprit?.lastWords() ?? '';
  return new Error(words === '' ? message : `${message}; its last words:\n${words}`, { cause: error });
}
