import type { FunctionApp } from '../worker/app/function-app.ts';
import type { LogSink } from '../worker/core/types.ts';
import { clientBinding, type HubAddress } from './management/binding.ts';
import { adminRefusal, managementRefusal, mayCall, type AccessKeys } from './functions/keys.ts';
import { isLocal } from './web/local-callers.ts';
import { callHttpFunction } from './functions/call-function.ts';
import { createHttpRouter } from './functions/http-trigger.ts';
import { manage } from './management/api.ts';
import type { ManagementSettings } from './management/call.ts';
import { empty, json } from './web/replies.ts';
import { decodeSegment } from './web/routes.ts';

export interface FrontSettings extends Omit<ManagementSettings, 'address'> {
  readonly app: FunctionApp;
  /** Where the client of a function finds the management API; may start a server first. */
  readonly address: () => HubAddress;
  /** Called before a function that uses the durable client runs. */
  readonly beforeClientUse?: () => Promise<void>;
  /** Fires a timer function by hand; false when there is none of that name. */
  readonly fire: (name: string) => boolean;
  /** Enforced when given. */
  readonly keys?: AccessKeys | undefined;
  readonly log: LogSink;
}

/** All that a host answers over HTTP: the app's functions, the management API, the admin endpoints. */
export interface Front {
  handle(request: Request): Promise<Response>;
}

export function createFront(settings: FrontSettings): Front {
  const { app, log, keys } = settings;
  const router = createHttpRouter(app);

  const callFunction = async (request: Request): Promise<Response> => {
    const found = router.find(request);
    if (found === undefined) return empty(404);
    if (!mayCall(keys, found.fn, request)) return empty(401);
    if (app.usesClient(found.fn)) await settings.beforeClientUse?.();
    return callHttpFunction(app, found, {
      request,
      clientBinding: clientBinding(settings.address(), settings.schema),
      log,
    });
  };

  /** The status that refuses a request to what this host itself offers. */
  const refusal = (request: Request, path: string): number | undefined => {
    const isAdmin = path.startsWith('/admin/');
    const isManagement = path.startsWith('/runtime/webhooks/');
    if (!isAdmin && !isManagement && !path.startsWith('/durabletask/')) return undefined;
    const isGuarded = keys !== undefined && (isAdmin || isManagement);
    if (!isGuarded && !isLocal(request)) return 403;
    if (isAdmin) return adminRefusal(keys, request);
    return isManagement ? managementRefusal(keys, settings.address().key, request) : undefined;
  };

  return {
    async handle(request) {
      const { pathname } = new URL(request.url);
      const path = pathname.toLowerCase();
      const refused = refusal(request, path);
      if (refused !== undefined) return empty(refused);
      if (request.method === 'GET' && path === '/admin/host/status') return json(200, { state: 'Running' });
      if (request.method === 'POST' && path.startsWith('/admin/functions/')) {
        const name = decodeSegment(pathname.slice('/admin/functions/'.length));
        return empty(settings.fire(name) ? 202 : 404);
      }
      return (await manage(settings, request)) ?? callFunction(request);
    },
  };
}
