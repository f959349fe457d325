import { readFileSync } from 'node:fs';
import { installFunctionsCore } from '../../local/host/worker/core/install.ts';
import type { FunctionApp } from '../../local/host/worker/app/function-app.ts';
import { ROLES } from '../../src/core/access/caller.ts';
import type { Limits } from '../../src/operations/limit-requests.ts';
import type { App } from '../../src/functions/app.ts';
import type { Identity } from '../../src/functions/identity.ts';
import type { Ports } from '../../src/activities/frame/ports.ts';
import { letOrchestratorsGoOn } from './going-on.ts';
import type { PageFiles } from '../../src/functions/page-files.ts';

interface Bindings {
  ports: Ports | undefined;
  user: string;
  page: PageFiles;
  identity: Identity | undefined;
  limits: Limits;
}

/** Tests ask for as much as they like. */
const NO_LIMITS: Limits = {
  startsPerMinute: Infinity,
  plansPerMinute: Infinity,
  commandsPerMinute: Infinity,
  openRollouts: Infinity,
  openPerSubscription: Infinity,
  missingPerHour: Infinity,
};

const bindings: Bindings = {
  ports: undefined,
  user: 'ada',
  page: new Map(),
  identity: undefined,
  limits: NO_LIMITS,
};
let registered: Promise<FunctionApp> | undefined;

/** The real function app, registered once in this process; its ports are those bound last. */
export function theApp(): Promise<FunctionApp> {
  registered ??= register();
  return registered;
}

export function bindPorts(ports: Ports): void {
  bindings.ports = ports;
}

/** What every build of the app is put together with in a test. */
export const BOUND: App = {
  ports() {
    if (bindings.ports === undefined) throw new Error('no ports are bound');
    return bindings.ports;
  },
  identity: {
    authenticate: (request) => bindings.identity?.authenticate(request) ?? Promise.resolve(undefined),
    callerOf: (request) =>
      bindings.identity?.callerOf(request) ?? { kind: 'user', name: bindings.user, roles: ROLES },
  },
  reach: 'anywhere',
  keys: 'required',
  get limits() {
    return bindings.limits;
  },
  retentionDays: 90,
  version: 'test',
  page: () => bindings.page,
};

/** The page that the app serves from now on. */
export function bindPage(page: PageFiles): void {
  bindings.page = page;
}

/** Whoever sends the next requests. */
export function signIn(user: string): void {
  bindings.user = user;
}

/** How much one caller may ask for from now on. */
export function bindLimits(limits: Limits = NO_LIMITS): void {
  bindings.limits = limits;
}

/** From now on only tokens say who sends a request; without one, whoever was signed in last does again. */
export function bindIdentity(identity: Identity | undefined): void {
  bindings.identity = identity;
}

async function register(): Promise<FunctionApp> {
  const core = installFunctionsCore();
  // Only now: the library looks for the worker's module at its first use.
  const { registerApp } = await import('../../src/functions/register.ts');
  letOrchestratorsGoOn();
  registerApp(BOUND);
  core.lock();
  const hostJson = new URL('../../host.json', import.meta.url);
  return core.app(JSON.parse(readFileSync(hostJson, 'utf8')));
}
