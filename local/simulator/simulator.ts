import type { Access } from './access/check.ts';
import { injectFault } from './injection/inject.ts';
import type { FaultInput } from './faults/schema.ts';
import { exchange, type Answered, type Asked, type Exchanger } from './http/exchange.ts';
import { overWeb } from './http/web.ts';
import { createRouter } from './http/router.ts';
import { ROUTES } from './http/routes.ts';
import type { LogEntry } from './log/entries.ts';
import { createLog } from './log/log.ts';
import { DEFAULT_PROFILE, withOverrides, type ProfileOverrides } from './profile.ts';
import type { Journal } from './state/journal.ts';
import { replayPast } from './state/replay.ts';
import { DEFAULT_IMAGE, DEFAULT_IMAGES } from './store/default-images.ts';
import { createCustomImages, type GalleryVersion, type ManagedImage } from './store/galleries.ts';
import { createImageCatalogue, type PlatformImage } from './store/images.ts';
import { addScaleSet, type ScaleSetSpec } from './work/new-scale-set.ts';
import { groundTruth, type ScaleSetTruth } from './wire/truth.ts';
import { createBuckets } from './throttle/buckets.ts';
import { createWireTime, type Clock } from './time/clock.ts';
import { createEventQueue, type EventQueue } from './time/events.ts';
import { createRandomStreams } from './time/random.ts';
import { publishGalleryVersion, publishImage } from './work/os-upgrade.ts';
import { watchForRepair } from './work/repairs.ts';
import type { World } from './world.ts';

export interface SimulatorOptions {
  readonly clock: Clock;
  readonly seed?: number;
  /** Replaces single switches of the default profile. */
  readonly profile?: ProfileOverrides;
  /** How much faster than the caller's clock the simulated one runs; shortens `Retry-After` on the wire. */
  readonly timeScale?: number;
  readonly subscriptionId?: string;
  readonly resourceGroup?: string;
  readonly location?: string;
  readonly images?: readonly PlatformImage[];
  readonly galleryVersions?: readonly GalleryVersion[];
  readonly managedImages?: readonly ManagedImage[];
  readonly scaleSets: readonly ScaleSetSpec[];
  readonly faults?: readonly FaultInput[];
  /** The roles of one caller; every other one may do everything. */
  readonly access?: Access | undefined;
  /** When the simulated service began, for one that goes on from a journal; now when absent. */
  readonly started?: number;
  /** Its past is lived through again, and what comes is written down. */
  readonly journal?: Journal;
}

export interface Simulator {
  /** Answers like Azure Resource Manager; rejects with a TypeError where the connection breaks. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** The same for callers of this process, which spares both sides the web's requests and responses. */
  readonly answer: (asked: Asked) => Promise<Answered>;
  /** Adds a fault; answers with its id, throws a FaultError that names what is wrong with it. */
  inject(fault: FaultInput): string;
  publishImage(image: Partial<PlatformImage> & { readonly version: string }): void;
  publishGalleryVersion(version: GalleryVersion): void;
  /** Lets everything happen that is due by now. Requests and reads of the log do so by themselves. */
  advance(): void;
  readonly log: readonly LogEntry[];
  /** The ground truth about a scale set; undefined when there is none of that name. */
  scaleSet(name: string): ScaleSetTruth | undefined;
  readonly scaleSets: readonly ScaleSetTruth[];
  readonly settings: Required<Pick<SimulatorOptions, 'subscriptionId' | 'resourceGroup' | 'location'>> & {
    readonly started: number;
    readonly timeScale: number;
  };
}

const DEFAULT_SUBSCRIPTION_ID = '00000000-0000-4000-8000-000000000001';
const DEFAULT_RESOURCE_GROUP = 'rollout';

/**
 * A simulated Azure Resource Manager with scale sets.
 *
 * It owns no timer: everything that is due by `clock.now()` happens when it is next looked at, so that virtual time
 * and scaled real time behave alike.
 */
export function createSimulator(options: SimulatorOptions): Simulator {
  const { clock, timeScale = 1, resourceGroup = DEFAULT_RESOURCE_GROUP } = options;
  const queue = createEventQueue();
  const running: { moment: number | undefined } = { moment: undefined };
  const world = createWorld(options, queue, () => running.moment ?? clock.now());

  const at = <T>(moment: number, run: () => T): T => {
    running.moment = moment;
    try {
      return run();
    } finally {
      running.moment = undefined;
    }
  };
  const advanceTo = (moment: number): void => {
    for (let event = queue.takeDue(moment); event !== undefined; event = queue.takeDue(moment))
      at(event.time, event.run);
  };
  const advance = (): void => advanceTo(clock.now());
  const atMoment: Exchanger['atMoment'] = (moment, run) => {
    advanceTo(moment);
    return at(moment, run);
  };
  const atPresent = <T>(run: () => T): T => atMoment(clock.now(), run);
  const { journal } = options;
  const exchanger: Exchanger = {
    world,
    clock,
    atMoment,
    journal,
    requests: 0,
    router: createRouter(ROUTES),
  };

  const answer: Simulator['answer'] = (asked) => exchange(exchanger, asked);

  at(world.started, () => {
    for (const spec of options.scaleSets) addScaleSet(world, spec, resourceGroup);
    for (const fault of options.faults ?? []) injectFault(world, fault);
  });
  replayPast(exchanger, journal?.past ?? []);

  const truths = (): ScaleSetTruth[] =>
    atPresent(() => [...world.scaleSets.values()].map((set) => groundTruth(world, set)));
  return {
    fetch: (request) => overWeb(request, answer),
    answer,
    inject(fault) {
      const time = clock.now();
      const id = atMoment(time, () => injectFault(world, fault));
      journal?.append({ kind: 'fault', time, fault });
      return id;
    },
    publishImage(given) {
      const time = clock.now();
      const image = { ...DEFAULT_IMAGE, ...given };
      journal?.append({ kind: 'image', time, image });
      atMoment(time, () => publishImage(world, image));
    },
    publishGalleryVersion(version) {
      const time = clock.now();
      journal?.append({
        kind: 'galleryVersion',
        time,
        version: { ...version, regions: version.regions?.slice() },
      });
      atMoment(time, () => publishGalleryVersion(world, version));
    },
    advance,
    get log() {
      advance();
      return world.log.entries;
    },
    scaleSet: (name) => truths().find((truth) => truth.name.toLowerCase() === name.toLowerCase()),
    get scaleSets() {
      return truths();
    },
    settings: {
      resourceGroup,
      timeScale,
      subscriptionId: world.subscriptionId,
      location: world.location,
      started: world.started,
    },
  };
}

function createWorld(options: SimulatorOptions, queue: EventQueue, now: () => number): World {
  const profile = withOverrides(DEFAULT_PROFILE, options.profile ?? {});
  const started = options.started ?? now();
  const location = options.location ?? 'westeurope';
  const world: World = {
    now,
    started,
    profile,
    access: options.access,
    schedule: (time, run) => queue.add(Math.ceil(time), run),
    subscriptionId: options.subscriptionId ?? DEFAULT_SUBSCRIPTION_ID,
    location,
    random: createRandomStreams(options.seed ?? 1),
    wireTime: createWireTime(started, options.timeScale ?? 1),
    log: createLog(),
    scaleSets: new Map(),
    resourceGroups: new Map(
      [options.resourceGroup ?? DEFAULT_RESOURCE_GROUP].map((name) => [name.toLowerCase(), name]),
    ),
    images: createImageCatalogue(
      options.images ?? DEFAULT_IMAGES,
      createCustomImages(location, options.galleryVersions ?? [], options.managedImages ?? []),
    ),
    operations: new Map(),
    faults: [],
    buckets: createBuckets(),
    acceptances: new Map(),
    acceptedWrites: 0,
    accepted: new Map(),
    shortMoments: new Map(),
    onHealthChange: (set, instance) => watchForRepair(world, set, instance),
  };
  return world;
}
