import { azure } from '../core/messages/azure.ts';
import { ComputeManagementClient } from '@azure/arm-compute';
import { createDefaultHttpClient, createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import type { HttpClient, PipelineResponse } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import { isOnEndpoint, parseEndpoint } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import type { Reply, Unsent } from './reply.ts';

export interface ConnectionSettings {
  /** Azure's public cloud when absent. */
  readonly endpoint?: string | undefined;
  /** Needed for every endpoint but a local one, and never used there. */
  readonly credential?: TokenCredential | undefined;
  /** What carries the requests instead of Node's own HTTP. */
  readonly httpClient?: HttpClient;
  /** When a request without an answer is given up; 30 by default. */
  readonly timeoutSeconds?: number;
}

/** Typed operations also hand over the body that they have read. */
type SeenResponse = PipelineResponse & { readonly parsedBody?: unknown };

/** What every call of the typed client takes, so that its answer is seen whole. */
interface CallOptions {
  readonly onResponse: (response: SeenResponse) => void;
  readonly abortSignal: AbortSignal;
}

interface RawRequest {
  readonly url: string;
  readonly method?: 'GET' | 'PATCH' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One subscription's way to the service. A call sends one request, once, and never throws for how that ended. */
interface Connection {
  /** Through a typed operation of the client; the reply holds also what its models would drop. */
  call(
    operation: (client: ComputeManagementClient, options: CallOptions) => Promise<unknown>,
  ): Promise<Reply>;
  /** Through the client's pipeline, for what its typed operations cannot carry. Only to URLs on the endpoint. */
  send(request: RawRequest): Promise<Reply>;
  /**
   * The same, if `mayLeave` still says so when all that may take its time is done, as getting a token is; nothing is
   * sent, and the reply is undefined, where it does not. Without a token nothing is sent either.
   */
  sendIf(mayLeave: () => boolean, request: RawRequest): Promise<Reply | Unsent | undefined>;
}

export interface Connections {
  readonly endpoint: Endpoint;
  to(subscriptionId: string): Connection;
}

export function createConnections(settings: ConnectionSettings): Connections {
  const endpoint = parseEndpoint(settings.endpoint);
  const credential = endpoint.isLocal ? NO_CREDENTIAL : discreet(settings.credential);
  if (credential === undefined)
    throw new TypeError(`${endpoint.origin} cannot be called without a credential`);
  const httpClient = settings.httpClient ?? createDefaultHttpClient();
  const timeoutMs = (settings.timeoutSeconds ?? 30) * 1_000;
  const connections = new Map<string, Connection>();

  const connect = (subscriptionId: string): Connection => {
    const client = new ComputeManagementClient(credential, subscriptionId, {
      endpoint: endpoint.origin,
      httpClient,
      // A repeated write could run twice and a wait belongs to a durable timer: both are the caller's to decide.
      retryOptions: { maxRetries: 0 },
      credentials: { scopes: [`${endpoint.origin}/.default`] },
      allowInsecureConnection: endpoint.isLocal,
    });
    // A redirect is not how ARM answers: following one would send the request again, perhaps elsewhere.
    client.pipeline.removePolicy({ name: 'redirectPolicy' });
    // Its log, once switched on, would show an operation's signed URL among the harmless headers.
    client.pipeline.removePolicy({ name: 'logPolicy' });
    if (endpoint.isLocal) {
      client.pipeline.removePolicy({ name: 'bearerTokenAuthenticationPolicy' });
      client.pipeline.removePolicy({ name: 'proxyPolicy' });
    }
    return createConnection({ client, endpoint, httpClient, timeoutMs });
  };

  return {
    endpoint,
    to(subscriptionId) {
      const known = connections.get(subscriptionId);
      if (known) return known;
      const connection = connect(subscriptionId);
      connections.set(subscriptionId, connection);
      return connection;
    },
  };
}

const NO_CREDENTIAL: TokenCredential = { getToken: () => Promise.resolve(null) };

/** What a credential says when it fails names tenants, addresses and more: none of it may end in an answer or a record. */
function discreet(credential: TokenCredential | undefined): TokenCredential | undefined {
  if (credential === undefined) return undefined;
  return {
    async getToken(scopes, options) {
      try {
        return await credential.getToken(scopes, options);
      } catch (error) {
        throw new Error(azure.noToken, { cause: error });
      }
    },
  };
}

/** What carries one subscription's requests. */
interface Way {
  readonly client: ComputeManagementClient;
  readonly endpoint: Endpoint;
  readonly httpClient: HttpClient;
  readonly timeoutMs: number;
}

function createConnection(way: Way): Connection {
  const { httpClient } = way;
  return {
    call: (operation) => callTyped(way, operation),
    send: (request) => exchange(way, request, httpClient),

    async sendIf(mayLeave, request) {
      let isHeldBack = false;
      let hasLeft = false;
      // The client comes after every policy of the pipeline.
      const last: HttpClient = {
        sendRequest: async (prepared) => {
          isHeldBack = !mayLeave();
          // fence I9: a run that stood still after its last look sends nothing
          if (isHeldBack) throw new Error('held back');
          hasLeft = true;
          return httpClient.sendRequest(prepared);
        },
      };
      const reply = await exchange(way, request, last);
      if (isHeldBack) return undefined;
      // fence I12: what never left is no write without an answer
      return hasLeft || reply.kind === 'answer' ? reply : { kind: 'unsent', message: reply.message };
    },
  };
}

async function callTyped(
  { client, timeoutMs }: Way,
  operation: Parameters<Connection['call']>[0],
): Promise<Reply> {
  let reply: Reply | undefined;
  try {
    await operation(client, {
      abortSignal: AbortSignal.timeout(timeoutMs),
      onResponse: (response) => {
        reply = answerOf(response);
      },
    });
  } catch (error) {
    // An answer was received, then the client refused its status or its body: the answer counts.
    reply ??= { kind: 'none', message: messageOf(error) };
  }
  return reply ?? { kind: 'none', message: azure.noAnswer };
}

/** Sends one request through the client's pipeline; `last` is what puts it on the wire. */
async function exchange(
  { client, endpoint, timeoutMs }: Way,
  { url, method = 'GET', headers = {}, body }: RawRequest,
  last: HttpClient,
): Promise<Reply> {
  if (!isOnEndpoint(url, endpoint)) throw new TypeError('a request may go to the endpoint only');
  const request = createPipelineRequest({
    url,
    method,
    headers: createHttpHeaders({ accept: 'application/json', ...headers }),
    ...(body !== undefined && { body }),
    abortSignal: AbortSignal.timeout(timeoutMs),
    allowInsecureConnection: endpoint.isLocal,
  });
  try {
    return answerOf(await client.pipeline.sendRequest(last, request));
  } catch (error) {
    return { kind: 'none', message: messageOf(error) };
  }
}

function answerOf({ status, headers, bodyAsText, parsedBody }: SeenResponse): Reply {
  const parsed = typeof parsedBody === 'object' && parsedBody !== null ? { parsed: parsedBody } : {};
  return { kind: 'answer', status, headers, text: bodyAsText ?? '', ...parsed };
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return azure.requestFailed;
  return error.name === 'AbortError' ? azure.late : error.message;
}
