import { createRequire } from 'node:module';

/** The parts of the library's HTTP client that are needed to answer for a network. */
interface Axios {
  readonly defaults: { adapter?: Adapter };
  getAdapter(adapter: unknown): Adapter;
}

type Adapter = (asked: Asked) => Promise<object>;

interface Asked {
  readonly url?: string;
  readonly method?: string;
  readonly headers: { toJSON(): Record<string, string> };
  readonly data?: string;
}

type Answer = (request: Request) => Promise<Response>;

const hosts = new Map<string, Answer>();
/** Above those that an origin is written without. */
const FIRST_PORT = 1024;
let isInPlace = false;

/**
 * An address at which the library's durable client reaches a host of this process without a socket: connections cost
 * more than all that is said over them, and let real time into virtual time. Valid until `close`.
 */
export function openOrigin(answer: Answer): { readonly origin: string; close(): void } {
  if (!isInPlace) answerInProcess();
  isInPlace = true;
  let port = FIRST_PORT;
  while (hosts.has(originAt(port))) port += 1;
  const origin = originAt(port);
  hosts.set(origin, answer);
  return { origin, close: () => hosts.delete(origin) };
}

/** Of this machine, or the host would refuse it; real servers are given out as 127.0.0.1. */
function originAt(port: number): string {
  return `http://localhost:${port}`;
}

function answerInProcess(): void {
  // The library brings its own.
  const axios = createRequire(import.meta.resolve('durable-functions'))('axios') as Axios;
  const network = axios.getAdapter(axios.defaults.adapter);
  axios.defaults.adapter = async (asked) => {
    const url = new URL(asked.url ?? '');
    const answer = hosts.get(url.origin);
    if (answer === undefined) return network(asked);
    const { method = 'get', data } = asked;
    const request = new Request(url, {
      method: method.toUpperCase(),
      headers: asked.headers.toJSON(),
      ...(data === undefined ? {} : { body: data }),
    });
    const response = await answer(request);
    const { status, statusText, headers } = response;
    // Every status is an answer to the durable client, which judges it itself.
    return {
      data: await response.text(),
      status,
      statusText,
      headers: Object.fromEntries(headers),
      config: asked,
      request,
    };
  };
}
