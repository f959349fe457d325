import { userInfo } from 'node:os';
import type { HttpRequest } from '@azure/functions';

/**
 * Who calls. In Azure the platform's authentication puts the name on the request and takes away what a caller wrote
 * there; on a developer's machine it is whoever runs the app.
 */
export type Identity = (request: HttpRequest) => string;

export const localUser: Identity = () => userInfo().username;

export const authenticatedUser: Identity = (request) =>
  request.headers.get('x-ms-client-principal-name') ??
  request.headers.get('x-ms-client-principal-id') ??
  'unknown (function key)';
