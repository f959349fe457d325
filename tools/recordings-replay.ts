import type { ProfileOverrides } from '../local/simulator/profile.ts';
import { createSimulator, type Simulator } from '../local/simulator/simulator.ts';
import type { PlatformImage } from '../local/simulator/store/images.ts';
import type { Exchange } from './recordings-read.ts';
import { compareShapes } from './recordings-shape.ts';
import { classify, deployedSets, imagesIn, type Deployed } from './recordings-traffic.ts';

/** Headers that clients act on, or that tell of limits (arm-vmss.md 2.1, 3.6); the recorder strips `Retry-After`. */
const HEADERS = [
  'azure-asyncoperation',
  'azure-asyncnotification',
  'location',
  'etag',
  'content-type',
  'x-ms-request-charge',
  'x-ms-ratelimit-remaining-resource',
  'x-ms-ratelimit-remaining-subscription-writes',
  'x-ms-ratelimit-remaining-subscription-deletes',
  'x-ms-ratelimit-remaining-subscription-global-reads',
  'x-ms-ratelimit-remaining-subscription-global-writes',
  'x-ms-ratelimit-remaining-subscription-global-deletes',
];

const LONGEST_OPERATION_SECONDS = 3600;

export interface Difference {
  readonly file: string;
  readonly index: number;
  readonly operation: string;
  /** Such as `status 409, not 202`, `header etag missing` or `body properties.zones extra`. */
  readonly what: string;
}

export interface Replayed {
  readonly file: string;
  readonly compared: number;
  /** Requests of other services, counted by kind. */
  readonly skipped: Readonly<Record<string, number>>;
  readonly differences: readonly Difference[];
}

/** Sends the requests of a recording to a simulator with these switches, each at its recorded time, and compares. */
export async function replay(exchanges: readonly Exchange[], ways: ProfileOverrides = {}): Promise<Replayed> {
  const [first] = exchanges;
  if (first === undefined) return { file: '', compared: 0, skipped: {}, differences: [] };
  const stage = new Stage(exchanges, first, ways);
  const skipped: Record<string, number> = {};
  const differences: Difference[] = [];
  let compared = 0;
  for (const exchange of exchanges) {
    const kind = classify(exchange, stage.flexible);
    stage.reach(exchange.time);
    for (const set of deployedSets(exchange)) await stage.deploy(set);
    const skip = kind.skip ?? stage.reasonToSkip(exchange);
    if (skip !== undefined) {
      stage.pass(exchange, skip);
      skipped[skip] = (skipped[skip] ?? 0) + 1;
      continue;
    }
    compared += 1;
    const what = await stage.compare(exchange);
    const { file, index } = exchange;
    differences.push(...what.map((text) => ({ file, index, operation: kind.operation, what: text })));
  }
  return { file: first.file, compared, skipped, differences };
}

class Stage {
  readonly flexible = new Set<string>();
  readonly #simulator: Simulator;
  readonly #operations = new Map<string, { poll: string; monitor: string | null }>();
  readonly #passed = new Map<string, string>();
  readonly #instances = new Map<string, string>();
  #time: number;

  constructor(exchanges: readonly Exchange[], first: Exchange, ways: ProfileOverrides) {
    this.#time = first.time;
    const images: readonly PlatformImage[] = imagesIn(exchanges);
    const paths = exchanges.map(({ url }) => decodeURIComponent(url.pathname));
    const find = (pattern: RegExp): string | undefined =>
      paths.map((path) => pattern.exec(path)?.[1]).find((match) => match !== undefined);
    this.#simulator = createSimulator({
      clock: { now: () => this.#time },
      subscriptionId: find(/\/subscriptions\/([^/]+)/i) ?? '',
      resourceGroup: find(/\/resourceGroups\/([^/]+)/i) ?? '',
      location: find(/\/locations\/([^/]+)/i) ?? 'westus',
      // The time between requests is the recording's; so nothing that is drawn may refuse or delay.
      // What is left to chance has no place beside a recording.
      profile: {
        viewLagSeconds: [0, 0],
        listLagSeconds: 0,
        shortLists: { share: 0, seconds: 0 },
        acceptanceSeconds: [0, 0],
        operationUrlsAreChecked: false,
        ...ways,
      },
      images,
      scaleSets: [],
    });
  }

  reach(time: number): void {
    this.#time = Math.max(this.#time, time);
  }

  /** Keeps in mind which operations belong to requests that are not compared: their polls are not either. */
  pass(exchange: Exchange, reason: string): void {
    const id = operationIn(exchange.headers['azure-asyncoperation']);
    if (id !== undefined) this.#passed.set(id, reason);
  }

  reasonToSkip({ url }: Exchange): string | undefined {
    return this.#passed.get(operationIn(url.pathname) ?? '');
  }

  /** A deployment creates its sets by the same PUT that anybody sends. */
  async deploy({ path, body: resource }: Deployed): Promise<void> {
    const { apiVersion: _version, dependsOn: _order, name: _name, type: _type, ...body } = resource;
    if (body['properties']?.orchestrationMode === 'Flexible') {
      this.flexible.add(path.toLowerCase());
      return;
    }
    const response = await this.#send('PUT', `${path}?api-version=2024-07-01`, JSON.stringify(body));
    if (response.status !== 201) throw new Error(`PUT ${path}: ${response.status} ${await response.text()}`);
  }

  async compare(exchange: Exchange): Promise<string[]> {
    const target = this.#translate(exchange);
    let response = await this.#send(exchange.method, target, this.#translateIds(exchange));
    if (isPoll(exchange) && statusOf(exchange.body) === 'Succeeded') {
      const until = this.#time + LONGEST_OPERATION_SECONDS * 1000;
      let body = await bodyOf(response.clone());
      while (statusOf(body) === 'InProgress' && this.#time < until) {
        this.#time += 1000;
        response = await this.#send(exchange.method, target, '');
        body = await bodyOf(response.clone());
      }
    }
    this.#remember(exchange, response);
    return differencesOf(exchange, response, await bodyOf(response.clone()));
  }

  #send(method: string, target: string, text: string): Promise<Response> {
    const url = new URL(target, 'https://management.azure.com');
    return this.#simulator.fetch(new Request(url, text === '' ? { method } : { method, body: text }));
  }

  /** The recorded URL with our operation, or our instance, in the place of the recorded one. */
  #translate({ url }: Exchange): string {
    const operation = operationIn(url.pathname);
    if (operation !== undefined) {
      const known = this.#operations.get(operation);
      if (known === undefined) throw new Error(`operation ${operation} was never started`);
      return (url.searchParams.get('monitor') === 'true' ? known.monitor : known.poll) ?? '';
    }
    const path = url.pathname.replace(
      /(?<=\/virtualMachineScaleSets\/([^/]+)\/virtualMachines\/)\d+/i,
      (id: string, set: string) => this.#instanceFor(set, id),
    );
    return `${path}${url.search}`;
  }

  #translateIds({ url, text }: Exchange): string {
    const set = /\/virtualMachineScaleSets\/([^/]+)/i.exec(url.pathname)?.[1];
    if (set === undefined || !text.includes('"instanceIds"')) return text;
    const body: { instanceIds?: string[] } = JSON.parse(text);
    const ids = body.instanceIds?.map((id) => (/^\d+$/.test(id) ? this.#instanceFor(set, id) : id));
    return JSON.stringify({ ...body, instanceIds: ids });
  }

  /** Which extra instances overprovisioning takes away is chance: ids of instances that are gone get others. */
  #instanceFor(set: string, id: string): string {
    const key = `${set}/${id}`;
    const all = this.#simulator.scaleSet(set)?.instances ?? [];
    const present = all.filter(({ provisioningState }) => provisioningState !== 'Deleting');
    const ids = present.map(({ instanceId }) => instanceId);
    const known = this.#instances.get(key);
    if (known !== undefined) return known;
    const taken = [...this.#instances].flatMap(([at, other]) => (at.startsWith(`${set}/`) ? [other] : []));
    const free = ids.filter((other) => !taken.includes(other));
    const chosen = free.includes(id) ? id : (free[0] ?? id);
    this.#instances.set(key, chosen);
    return chosen;
  }

  #remember(exchange: Exchange, response: Response): void {
    const recorded = exchange.headers['azure-asyncoperation'];
    const poll = response.headers.get('azure-asyncoperation');
    const id = operationIn(recorded);
    if (id !== undefined && poll !== null) {
      this.#operations.set(id, { poll, monitor: response.headers.get('location') });
    }
  }
}

function differencesOf(exchange: Exchange, response: Response, body: unknown): string[] {
  const found: string[] = [];
  if (response.status !== exchange.status) found.push(`status ${response.status}, not ${exchange.status}`);
  for (const header of HEADERS) {
    const wanted = exchange.headers[header] !== undefined;
    const present = response.headers.get(header) !== null;
    if (wanted !== present) found.push(`header ${header} ${wanted ? 'missing' : 'extra'}`);
  }
  found.push(...bucketDifferences(exchange, response));
  const charge = response.headers.get('x-ms-request-charge');
  const recorded = exchange.headers['x-ms-request-charge'];
  if (charge !== null && recorded !== undefined && charge !== recorded) {
    found.push(`charge ${charge}, not ${recorded}`);
  }
  if (isPoll(exchange) && statusOf(exchange.body) !== statusOf(body)) {
    return [...found, `poll ${statusOf(body)}, not ${statusOf(exchange.body)}`];
  }
  const shapes = compareShapes(exchange.body, body).map(({ path, what }) => `body ${path} ${what}`);
  return [...found, ...shapes];
}

/** The names of the buckets that a call draws on. */
function bucketDifferences(exchange: Exchange, response: Response): string[] {
  const header = 'x-ms-ratelimit-remaining-resource';
  const namesIn = (text: string | null | undefined): string[] =>
    (text ?? '')
      .split(',')
      .map((part) => part.split(';')[0]?.replace('Microsoft.Compute/', '') ?? '')
      .filter((name) => name !== '');
  const wanted = namesIn(exchange.headers[header]);
  const present = namesIn(response.headers.get(header));
  if (wanted.length === 0 || present.length === 0) return [];
  return [
    ...wanted.filter((name) => !present.includes(name)).map((name) => `bucket ${name} missing`),
    ...present.filter((name) => !wanted.includes(name)).map((name) => `bucket ${name} extra`),
  ];
}

function operationIn(text: string | undefined): string | undefined {
  return /\/operations\/([^/?]+)/i.exec(text ?? '')?.[1];
}

function isPoll({ url }: Exchange): boolean {
  return /\/operations\//i.test(url.pathname) && url.searchParams.get('monitor') !== 'true';
}

function statusOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'status' in body ? String(body.status) : '';
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}
