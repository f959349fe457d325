import type { HttpHandler } from '@azure/functions';
import type { App } from './app.ts';
import { handle, jsonWithEtag, noQuery } from './request.ts';

/** `GET /me`: who the caller is, and which roles they have. */
export function getCaller(app: App): HttpHandler {
  return handle((request) => {
    noQuery(request);
    const { kind, name, roles } = app.identity.callerOf(request);
    return Promise.resolve(jsonWithEtag(request, { kind, name, roles }));
  });
}
