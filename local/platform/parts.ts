import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AUDIENCE, TENANT } from '../issuer/tokens.ts';
import { startChild, type Child } from './child.ts';
import { encryptionKeys } from './encryption-keys.ts';
import { paceSettings } from './pace.ts';
import { freePort } from './ports.ts';

/** `controlQueueVisibilityTimeout` and its like in host.json. */
const VISIBILITY_SECONDS = 60;
const LOCAL = join(import.meta.dirname, '..');

export interface SimulatorOptions {
  /** How many times as fast as Azure the simulator runs. */
  readonly timeScale: number;
  /** Each `NAME:COUNT`; none means the simulator's own default. */
  readonly scaleSets: readonly string[];
  readonly seed?: number;
  /** Holds what the children keep, and their logs. */
  readonly state: string;
}

export interface HostOptions {
  /** The function app's folder, with its host.json and its built code. */
  readonly app: string;
  readonly port: number;
  readonly timeScale: number;
  readonly state: string;
}

/**
 * The simulator of Azure Resource Manager; ready with its address. On a state that it has had before it goes on with
 * what it has, whatever scale sets, time scale and seed it is given.
 */
export async function startSimulator({
  timeScale,
  scaleSets,
  seed,
  state,
}: SimulatorOptions): Promise<Child<string>> {
  const port = await lastingPort(join(state, 'simulator.port'));
  return startChild({
    name: 'simulator',
    script: join(LOCAL, 'simulator', 'main.ts'),
    args: [
      '--port',
      String(port),
      '--time-scale',
      String(timeScale),
      '--state',
      join(state, 'simulator.jsonl'),
      ...scaleSets.flatMap((scaleSet) => ['--scale-set', scaleSet]),
      ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ],
    stateDirectory: state,
    readyWhen: readyUrl,
  });
}

/** The same as at the last start, if it is free: the addresses of running operations hold it. */
async function lastingPort(file: string): Promise<number> {
  const before = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const port = await freePort(Number.isInteger(before) ? before : 0);
  writeFileSync(file, String(port));
  return port;
}

/** What the app is told of the world around it, all of it on this machine. */
export interface Surroundings {
  readonly storage: string;
  readonly arm: string;
  /** Whose tokens callers have to show; without one everybody is the operating system's user. */
  readonly issuer?: string | undefined;
}

/** Issues tokens as Microsoft Entra does; ready with its address. */
export function startIssuer(state: string): Child<string> {
  return startChild({
    name: 'issuer',
    script: join(LOCAL, 'issuer', 'main.ts'),
    args: [],
    stateDirectory: state,
    readyWhen: readyUrl,
  });
}

/** The host with the function app in it; ready with its address. */
export function startHost(
  { app, port, state, timeScale }: HostOptions,
  surroundings: Surroundings,
): Child<string> {
  return startChild({
    name: 'host',
    script: join(LOCAL, 'host', 'main.ts'),
    args: ['--app', app, '--port', String(port), '--state', join(state, 'host'), ...redelivery(timeScale)],
    env: {
      ...(port !== 0 && { ROLLOUT_PAGE_URL: `http://127.0.0.1:${port}/api/dashboard` }),
      ...appSettings({ timeScale, state }, surroundings),
    },
    stateDirectory: state,
    readyWhen: readyUrl,
  });
}

/** What the queues of host.json take to give back what a killed host had taken, where the service runs faster too. */
function redelivery(timeScale: number): readonly string[] {
  return timeScale === 1 ? [] : ['--redelivery', String(VISIBILITY_SECONDS / timeScale)];
}

/** The environment of a process that has the function app. */
export function appSettings(
  { timeScale, state }: Pick<HostOptions, 'timeScale' | 'state'>,
  { storage, arm, issuer }: Surroundings,
): NodeJS.ProcessEnv {
  return {
    ROLLOUT_AUTH: 'off',
    ROLLOUT_LOCAL_TARGETS: 'allowed',
    ROLLOUT_ENCRYPTION_KEYS: encryptionKeys(state),
    ...paceSettings(timeScale),
    ...process.env,
    AzureWebJobsStorage: storage,
    ROLLOUT_ARM_ENDPOINT: arm,
    ...(issuer !== undefined && {
      ROLLOUT_AUTH: 'entra',
      ROLLOUT_AUTHORITY: issuer,
      ROLLOUT_TENANT: TENANT,
      ROLLOUT_AUDIENCE: AUDIENCE,
    }),
  };
}

export function readyUrl(line: string): string | undefined {
  return /^ready (http:\S+)/.exec(line)?.[1];
}
