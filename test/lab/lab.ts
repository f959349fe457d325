import { createVirtualHost } from '../../local/host/drivers/virtual.ts';
import type { VirtualHost, VirtualHostOptions } from '../../local/host/drivers/virtual-host.ts';
import type { FunctionApp } from '../../local/host/worker/app/function-app.ts';
import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import type { LogEntry } from '../../local/simulator/log/entries.ts';
import type { ProfileOverrides } from '../../local/simulator/profile.ts';
import { createSimulator } from '../../local/simulator/simulator.ts';
import type { Simulator } from '../../local/simulator/simulator.ts';
import type { Journal } from '../../local/simulator/state/journal.ts';
import type { GalleryVersion, ManagedImage } from '../../local/simulator/store/galleries.ts';
import type { ScaleSetSpec } from '../../local/simulator/work/new-scale-set.ts';
import type { Pace, Ports } from '../../src/activities/frame/ports.ts';
import { createCompute } from '../../src/azure/arm.ts';
import { appAccess, AS_APP } from './access.ts';
import type { AccessOptions } from './access.ts';
import { bindPorts, signIn, theApp } from './bound-app.ts';
import { undescribed } from './described.ts';
import { openOrigin } from './durable-client.ts';
import { createSimulatorClient } from './fetch-client.ts';
import { createMemoryStore } from './memory-store.ts';
import type { MemoryStore } from './memory-store.ts';
import { NEW, START, WEB } from './names.ts';
import { createWait } from './wait.ts';
import { watched } from './turns.ts';
import type { Turn } from './turns.ts';

export { NEW, OLD, scaleSetId, SUBSCRIPTION, WEB } from './names.ts';

/** As the API answers; loosely typed on purpose: tests name the fields that they expect. */
export type Body = ReturnType<typeof JSON.parse>;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface LabOptions extends Partial<Omit<ScaleSetSpec, 'profile'>> {
  /** Further parts of the model's profile; `profile` is the simulator's. */
  readonly vmProfile?: ScaleSetSpec['profile'];
  readonly scaleSets?: readonly ScaleSetSpec[];
  readonly faults?: readonly FaultInput[];
  readonly profile?: ProfileOverrides;
  readonly managedImages?: readonly ManagedImage[];
  readonly galleryVersions?: readonly GalleryVersion[];
  readonly seed?: number;
  readonly pace?: Partial<Pace>;
  readonly hooks?: VirtualHostOptions['hooks'];
  /** Where the app's log lines go; default nowhere. */
  readonly log?: VirtualHostOptions['log'];
  /** Default what host.json says. */
  readonly redelivery?: VirtualHostOptions['redelivery'];
  /** Shown each turn of a workflow: what its orchestrator was given, and what it answered. */
  readonly onTurn?: (turn: Turn) => void;
  /** By hand unless said otherwise: where nothing is wrong the app's timer only looks, once a virtual minute. */
  readonly timers?: VirtualHostOptions['timers'];
  /** Default `atEnd`. */
  readonly checkReplay?: VirtualHostOptions['checkReplay'];
  /** Default `nowAndThen`. */
  readonly replays?: VirtualHostOptions['replays'];
  /** What the roles of the app lack, and who is told of each right that it needs. */
  readonly access?: AccessOptions;
  /** Another build of the app than that of today's sources. */
  readonly app?: FunctionApp;
  /** What the app reaches instead of what it is given here. */
  readonly ports?: Partial<Ports>;
  /** Where all that Azure is asked for is written down. */
  readonly journal?: Journal;
  /** When and with what store the lab goes on; `journal` says what Azure was asked for since `START`. */
  readonly goesOn?: { readonly at: number; readonly store: MemoryStore };
}

/** The whole product in virtual time: the app on the embedded host, the simulator in process, a memory store. */
export interface Lab extends AsyncDisposable {
  readonly host: VirtualHost;
  readonly sim: Simulator;
  readonly store: MemoryStore;
  readonly ports: Ports;
  /** What really happened, by the simulator's word. */
  readonly log: readonly LogEntry[];
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** Starts a rollout of `web` to the newer image, unless the spec says otherwise; answers with its id. */
  start(spec?: Record<string, unknown>): Promise<string>;
  get(id: string): Promise<Body>;
  send(id: string, command: string, body?: unknown, user?: string): Promise<Reply>;
  /** Runs until the rollout looks so. */
  until(id: string, looks: string | ((rollout: Body) => boolean)): Promise<Body>;
  /** Starts one and runs it to its end. */
  rollOut(spec?: Record<string, unknown>, withinSeconds?: number): Promise<Body>;
  /** Whoever knows how long it may take says so: else one that never ends is waited for for two weeks of virtual time. */
  toEnd(id: string, withinSeconds?: number): Promise<Body>;
}

const PACE: Pace = {
  pollSeconds: 10,
  viewLagSeconds: 30,
  requestTimeoutSeconds: 30,
  maxInstanceIds: 100,
  cacheSeconds: 5,
};
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const {
    scaleSets,
    faults,
    profile,
    managedImages = [],
    galleryVersions = [],
    seed = 1,
    pace,
    hooks,
    log,
    redelivery,
    onTurn,
    timers = 'byHand',
    checkReplay = 'atEnd',
    replays = 'nowAndThen',
    app = await theApp(),
    ports: others,
    access: _access,
    vmProfile,
    journal,
    goesOn,
    ...web
  } = options;
  const address = openOrigin((request) => host.request(request));
  const host = createVirtualHost({
    app: onTurn === undefined ? app : watched(app, onTurn),
    clientOrigin: address.origin,
    startAt: goesOn === undefined ? START : new Date(goesOn.at),
    seed,
    timers,
    checkReplay,
    replays,
    ...(hooks === undefined ? {} : { hooks }),
    ...(log === undefined ? {} : { log }),
    ...(redelivery === undefined ? {} : { redelivery }),
  });
  const { clock } = host;
  const sets = scaleSets ?? [{ name: 'web', count: 15, ...web, ...(vmProfile && { profile: vmProfile }) }];
  const sim = createSimulator({
    clock,
    seed,
    managedImages,
    galleryVersions,
    started: START.getTime(),
    scaleSets: sets,
    access: appAccess({ access: options.access, scaleSets: sets }),
    ...(faults === undefined ? {} : { faults }),
    ...(profile === undefined ? {} : { profile }),
    ...(journal === undefined ? {} : { journal }),
  });
  const store = goesOn?.store ?? createMemoryStore();
  const ports: Ports = {
    clock,
    store,
    pace: { ...PACE, ...pace },
    compute: createCompute({
      endpoint: 'http://127.0.0.1',
      clock,
      httpClient: createSimulatorClient(sim, AS_APP),
    }),
    ...others,
  };
  bindPorts(ports);
  signIn('ada');

  const call: Lab['call'] = async (method, path, body, headers = {}) => {
    const sent = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    // As every HTTP client does.
    const described =
      sent === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(sent)) };
    const response = await host.request(
      new Request(`http://app/api${path}`, {
        method,
        headers: { ...described, ...headers },
        ...(sent === undefined ? {} : { body: sent }),
      }),
    );
    const text = await response.text();
    const { status, headers: told } = response;
    const type = told.get('content-type') ?? '';
    const reply = {
      status,
      headers: told,
      body: text === '' || !type.includes('json') ? undefined : JSON.parse(text),
    };
    const wrong = undescribed(method, path, { status, type, body: reply.body });
    if (wrong !== undefined) throw new Error(`${method} ${path} is not as described: ${wrong}`);
    return reply;
  };
  const get = async (id: string): Promise<Body> => (await call('GET', `/rollouts/${id}`)).body;

  const until = createWait({ host, store, read: (id) => call('GET', `/rollouts/${id}`) });

  const lab: Lab = {
    host,
    sim,
    store,
    ports,
    get log() {
      return sim.log;
    },
    call,
    get,
    async start(spec = {}) {
      const body = { scaleSet: WEB, change: { image: { version: NEW } }, ...spec };
      const reply = await call('POST', '/rollouts', body);
      if (reply.status !== 202) throw new Error(`not started: ${JSON.stringify(reply.body)}`);
      return reply.body.id as string;
    },
    async send(id, command, body = {}, user = 'ada') {
      signIn(user);
      const reply = await call('POST', `/rollouts/${id}/${command}`, body);
      signIn('ada');
      return reply;
    },
    ...until,
    async rollOut(spec, withinSeconds) {
      return until.toEnd(await lab.start(spec), withinSeconds);
    },
    async [Symbol.asyncDispose]() {
      address.close();
      await host[Symbol.asyncDispose]();
    },
  };
  return lab;
}
