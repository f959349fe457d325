import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { serve as listen } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { addFlows } from './flows.ts';
import { AUDIENCE, createSigner, TENANT, type Signer, type Subject } from './tokens.ts';

export interface Issuer {
  readonly url: string;
  readonly signer: Signer;
  close(): Promise<void>;
}

/** In PEM. Microsoft's library asks no authority that has none. */
export interface Tls {
  readonly key: string;
  readonly cert: string;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
const LIFETIME_SECONDS = 3600;

const Asked = z.strictObject({
  user: z.string().min(1).optional(),
  application: z.string().min(1).optional(),
  roles: z.array(z.string()).default([]),
});

/**
 * Stands for Microsoft Entra on this machine: its keys and its tokens at the same paths, for one tenant and one audience.
 * It asks nobody for a password, so it listens on the loopback only and answers no web page.
 */
export async function startIssuer(port: number, signer?: Signer, tls?: Tls): Promise<Issuer> {
  const own = signer ?? (await createSigner());
  const routes = createRoutes(own);
  const secured = tls === undefined ? {} : { createServer, serverOptions: tls };
  const server = listen({ fetch: routes.fetch, port, hostname: '127.0.0.1', ...secured });
  await once(server, 'listening');
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${bound}`,
    signer: own,
    async close() {
      const closed = once(server, 'close');
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}

type Token = (context: Context, subject: Subject) => Promise<string>;

const HOME = `/${TENANT}`;

function createRoutes(signer: Signer): Hono {
  const token: Token = (context, subject) => signer.sign(`${originOf(context)}${HOME}/v2.0`, subject);
  const routes = new Hono();
  routes.use(async (context, next) => {
    const { hostname } = new URL(context.req.url);
    if (!LOOPBACK.has(hostname) || context.req.header('origin') !== undefined) return context.text('', 403);
    await next();
    return undefined;
  });
  addDiscovery(routes, signer);
  addLocalTokens(routes, token);
  addManagedIdentity(routes, token);
  addFlows(routes, token);
  return routes;
}

function addDiscovery(routes: Hono, signer: Signer): void {
  routes.get(`${HOME}/discovery/v2.0/keys`, (context) => context.json({ keys: [signer.publicKey] }));
  routes.get(`${HOME}/v2.0/.well-known/openid-configuration`, (context) => {
    const base = `${originOf(context)}${HOME}`;
    return context.json({
      issuer: `${base}/v2.0`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
    });
  });
}

/** A token for anybody, on this machine only. */
function addLocalTokens(routes: Hono, token: Token): void {
  routes.post(`${HOME}/local/token`, async (context) => {
    const asked = Asked.safeParse(await context.req.json().catch(() => undefined));
    if (!asked.success) return context.json({ error: 'invalid_request' }, 400);
    return context.json({ access_token: await token(context, asked.data), expires_in: LIFETIME_SECONDS });
  });
}

/** As the managed identity of an app or a pipeline's machine asks for it. */
function addManagedIdentity(routes: Hono, token: Token): void {
  routes.get('/msi/token', async (context) => {
    if (context.req.header('x-identity-header') === undefined)
      return context.json({ error: 'unauthorized' }, 401);
    const resource = context.req.query('resource') ?? '';
    if (resource.replace(/^api:\/\//, '') !== AUDIENCE)
      return context.json({ error: 'invalid_resource' }, 400);
    const application = context.req.query('client_id') ?? 'pipeline';
    return context.json({
      access_token: await token(context, { application, roles: ['requester'] }),
      expires_on: String(Math.floor(Date.now() / 1000) + LIFETIME_SECONDS),
      resource,
      token_type: 'Bearer',
    });
  });
}

/** Tokens name the issuer by the address that the app knows it by. */
function originOf(context: Context): string {
  return new URL(context.req.url).origin;
}
