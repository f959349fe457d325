import type { HttpRequest } from '@azure/functions';
import { named } from '../core/messages/named.ts';
import { invalidQuery } from './request.ts';

const GIVEN_NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** The name in a request's path that people gave to what is kept under it. A name that nothing can have answers 400. */
export function givenName(request: HttpRequest, path: 'schedule' | 'strategy'): string {
  const name = request.params[path] ?? '';
  if (!GIVEN_NAME.test(name)) throw invalidQuery([{ path, message: named.format }]);
  return name;
}
