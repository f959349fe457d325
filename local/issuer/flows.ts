import { randomBytes } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { AUDIENCE, TENANT, USUAL_ROLES, type Subject } from './tokens.ts';

const LIFETIME_SECONDS = 3600;
const CODE_SECONDS = 900;

/** A pipeline shows a token of its own platform where others show a secret. */
const Assertion = z.object({
  grant_type: z.literal('client_credentials'),
  client_id: z.string().min(1),
  client_assertion: z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/),
  client_assertion_type: z.literal('urn:ietf:params:oauth:client-assertion-type:jwt-bearer'),
  scope: z.string(),
});
/** Microsoft's library writes the short name. */
const Device = z.object({
  grant_type: z.enum(['device_code', 'urn:ietf:params:oauth:grant-type:device_code']),
  device_code: z.string(),
});
const Granted = z.discriminatedUnion('grant_type', [Assertion, Device]);
const Entered = z.strictObject({ code: z.string(), user: z.string().min(1) });

type Sign = (context: Context, subject: Subject) => Promise<string>;

/** A code that somebody is to enter, and who has. */
interface Code {
  readonly shown: string;
  user?: string;
}

/**
 * How Microsoft Entra gives tokens to a program: to a pipeline for its platform's token, and to a person who enters a
 * code elsewhere (RFC 8628). Here nobody signs in: whoever posts the code to `/local/device` says who they are.
 */
export function addFlows(routes: Hono, sign: Sign): void {
  const codes = new Map<string, Code>();
  const home = `/${TENANT}`;
  routes.post(`${home}/oauth2/v2.0/devicecode`, async (context) => {
    if (!isOurs((await formOf(context))['scope'])) return refused(context, 'invalid_scope');
    const code = { shown: randomBytes(4).toString('hex').toUpperCase() };
    const deviceCode = randomBytes(16).toString('base64url');
    codes.set(deviceCode, code);
    const page = new URL(`${home}/local/device`, context.req.url).href;
    return context.json({
      device_code: deviceCode,
      user_code: code.shown,
      verification_uri: page,
      expires_in: CODE_SECONDS,
      interval: 1,
      message: `To sign in, enter the code ${code.shown} at ${page}`,
    });
  });
  routes.post(`${home}/local/device`, async (context) => {
    const entered = Entered.safeParse(await context.req.json().catch(() => undefined));
    const code = [...codes.values()].find(({ shown }) => shown === entered.data?.code);
    if (entered.data === undefined || code === undefined) return refused(context, 'invalid_request');
    code.user = entered.data.user;
    return context.json({});
  });
  routes.post(`${home}/oauth2/v2.0/token`, async (context) => {
    const asked = Granted.safeParse(await formOf(context));
    if (!asked.success) return refused(context, 'unsupported_grant_type');
    if (asked.data.grant_type === 'client_credentials') {
      if (!isOurs(asked.data.scope)) return refused(context, 'invalid_scope');
      const application = asked.data.client_id;
      return granted(context, await sign(context, { application, roles: ['requester'] }));
    }
    const code = codes.get(asked.data.device_code);
    if (code === undefined) return refused(context, 'invalid_grant');
    if (code.user === undefined) return refused(context, 'authorization_pending');
    codes.delete(asked.data.device_code);
    return granted(context, await sign(context, { user: code.user, roles: USUAL_ROLES }));
  });
}

async function formOf(context: Context): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(new URLSearchParams(await context.req.text()));
}

/** Whether a token for this scope is one for the app. */
function isOurs(scope: string | undefined): boolean {
  return (scope ?? '').split(' ').some((one) => one === `api://${AUDIENCE}/.default`);
}

function granted(context: Context, token: string): Response {
  const seconds = { expires_in: LIFETIME_SECONDS, ext_expires_in: LIFETIME_SECONDS };
  return context.json({ token_type: 'Bearer', access_token: token, ...seconds });
}

function refused(context: Context, error: string): Response {
  return context.json({ error, error_description: `local: ${error}` }, 400);
}
