import { ComputeManagementClient } from '@azure/arm-compute';
import type { TokenCredential } from '@azure/identity';
import { serve } from '../../local/simulator/server/server.ts';
import { written } from './exchanges.ts';
import { PLAIN_WAYS } from '../../local/simulator/ways.ts';
import type { ScaleSetSpec } from '../../local/simulator/work/new-scale-set.ts';
import { createSimulator, type Simulator, type SimulatorOptions } from '../../local/simulator/simulator.ts';

export const START = Date.parse('2026-11-21T08:00:00Z');
export const SUBSCRIPTION = '00000000-0000-4000-8000-000000000001';
export const GROUP = 'rollout';
export const OLD = '22.04.202610080';
export const NEW = '22.04.202611010';
export const SET = `/subscriptions/${SUBSCRIPTION}/resourceGroups/${GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets/web`;

/** Views at once, no throttling, no way of real services, and steps that take exactly their mean: for tests about something else. */
const PLAIN = {
  ...PLAIN_WAYS,
  viewLagSeconds: [0, 0],
  throttling: false,
  etagMovesAgainShare: 0,
} as const;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Loosely typed on purpose: tests name the fields that they expect. */
  readonly body: ReturnType<typeof JSON.parse>;
}

export interface Lab {
  readonly sim: Simulator;
  readonly now: () => number;
  pass(seconds: number): void;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  patch(body: unknown, headers?: Record<string, string>): Promise<Answer>;
  upgrade(...instanceIds: string[]): Promise<Answer>;
  /** PATCH to the newest image, and the time that the write takes. */
  moveModel(version?: string): Promise<void>;
  list(query?: string): Promise<Answer>;
  view(instanceId: string): Promise<Answer>;
  serving(): number;
}

export interface LabOptions
  extends Partial<Omit<SimulatorOptions, 'scaleSets'>>, Partial<Omit<ScaleSetSpec, 'profile'>> {
  /** Makes the set a Spot one with this eviction policy. */
  readonly spot?: 'Deallocate' | 'Delete';
  /** Further parts of the virtual machine profile. */
  readonly vmProfile?: Readonly<Record<string, unknown>>;
}

export function startLab(options: LabOptions = {}): Lab {
  const { seed, profile, images, faults, timeScale, clock, spot, vmProfile, ...rest } = options;
  const { galleryVersions, managedImages, ...spec } = rest;
  const isSpot = spot === undefined ? {} : { priority: 'Spot', evictionPolicy: spot };
  let time = START;
  const sim = written(
    createSimulator({
      clock: clock ?? { now: () => time },
      profile: { ...PLAIN, ...profile },
      scaleSets: [{ name: 'web', count: 5, ...spec, profile: { ...vmProfile, ...isSpot } }],
      ...(seed === undefined ? {} : { seed }),
      ...(images === undefined ? {} : { images }),
      ...(galleryVersions === undefined ? {} : { galleryVersions }),
      ...(managedImages === undefined ? {} : { managedImages }),
      ...(faults === undefined ? {} : { faults }),
      ...(timeScale === undefined ? {} : { timeScale }),
    }),
  );
  const call = callTo(sim);
  const patch: Lab['patch'] = (body, headers) => call('PATCH', SET, body, headers);
  const pass = (seconds: number): void => {
    time += seconds * 1000;
  };
  return {
    sim,
    now: () => time,
    pass,
    call,
    patch,
    upgrade: (...instanceIds) => call('POST', `${SET}/manualupgrade`, { instanceIds }),
    async moveModel(version = NEW) {
      const answer = await patch(imagePatch({ version }));
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      pass(60);
    },
    list: (query = '') => call('GET', `${SET}/virtualMachines${query}`),
    view: (instanceId) => call('GET', `${SET}/virtualMachines/${instanceId}/instanceView`),
    serving: () => sim.scaleSet('web')?.instances.filter((instance) => instance.serving).length ?? 0,
  };
}

/** Sends requests of the newest version to a simulator. */
export function callTo(sim: Simulator): Lab['call'] {
  return async (method, path, body, headers = {}) => {
    const url = new URL(path, 'https://management.azure.com');
    if (!url.searchParams.has('api-version')) url.searchParams.set('api-version', '2026-04-01');
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const response = await sim.fetch(new Request(url, init));
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  };
}

export function imagePatch(imageReference: Record<string, string>): object {
  return { properties: { virtualMachineProfile: { storageProfile: { imageReference } } } };
}

/** The path and query of an operation URL as a header carries it. */
export function operationUrl(answer: Answer, header = 'azure-asyncoperation'): string {
  const url = answer.headers.get(header);
  if (url === null) throw new Error(`no ${header} in the answer`);
  return url;
}

/** What the log says about one instance's field, in order. */
export function changesOf(lab: Lab, instance: string, change: string): unknown[] {
  return lab.sim.log.flatMap((entry) =>
    entry.kind === 'instance' && entry.instance === instance && entry.change === change
      ? ['value' in entry ? entry.value : true]
      : [],
  );
}

export interface HttpLab extends AsyncDisposable {
  readonly url: string;
  readonly client: ComputeManagementClient;
}

const credential: TokenCredential = { getToken: () => Promise.resolve(null) };

/** The simulator behind a real socket, with the official SDK in front of it. */
export async function serveLab(lab: Lab): Promise<HttpLab> {
  const server = await serve(lab.sim, 0);
  const url = `http://127.0.0.1:${server.port}`;
  const client = new ComputeManagementClient(credential, SUBSCRIPTION, {
    endpoint: url,
    allowInsecureConnection: true,
    retryOptions: { maxRetries: 0 },
  });
  client.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' });
  return { url, client, [Symbol.asyncDispose]: () => server.close() };
}

/** The part of the SDK's pollers that tests use. */
interface Poller<T> {
  submitted(): Promise<void>;
  poll(): Promise<unknown>;
  pollUntilDone(): Promise<T>;
  readonly operationState: { readonly status: string } | undefined;
}

/** Sends a long-running call, sees it run, lets time pass, and polls it to its end. */
export async function carryOut<T>(lab: Lab, poller: Poller<T>, seconds = 600): Promise<T> {
  await poller.submitted();
  await poller.poll();
  if (poller.operationState?.status !== 'running') throw new Error(`it is ${poller.operationState?.status}`);
  lab.pass(seconds);
  return poller.pollUntilDone();
}
