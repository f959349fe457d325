import type { HttpHandler } from '@azure/functions';
import { ACTS_OF_APP, deniedOf } from '../core/access/rights.ts';
import { callerOf } from './allowed.ts';
import type { App } from './app.ts';
import { handle, jsonWithEtag, noQuery } from './request.ts';

/** `GET /me`: who the caller is, which roles they have, and what they may nowhere do. */
export function getCaller(app: App): HttpHandler {
  return handle((request) => {
    noQuery(request);
    const { kind, name, roles } = app.identity.callerOf(request);
    const denied = deniedOf(ACTS_OF_APP, callerOf(request));
    const shown = { kind, name, roles, ...(denied.length > 0 && { denied }) };
    return Promise.resolve(jsonWithEtag(request, shown));
  });
}
