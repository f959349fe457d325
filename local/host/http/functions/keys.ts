import type { AppFunction } from '../../worker/app/catalog.ts';
import { firstInQuery } from '../web/query.ts';

/** The keys that requests must carry where they are enforced; Core Tools enforce none (durable-host.md 7). */
export interface AccessKeys {
  /** Opens everything. */
  readonly master: string;
  /** Opens all functions below level `admin`. */
  readonly host: string;
  /** Opens one function, by its name. */
  readonly functions?: Readonly<Record<string, string>>;
}

/** Whether a request may call this function. */
export function mayCall(keys: AccessKeys | undefined, fn: AppFunction, request: Request): boolean {
  const level = fn.trigger['authLevel'] ?? 'function';
  if (keys === undefined || level === 'anonymous') return true;
  const own = keys.functions?.[fn.name];
  const accepted = level === 'admin' ? [keys.master] : [keys.master, keys.host, own];
  return accepted.includes(keyOf(request) ?? '');
}

/** Undefined for a request that may use the admin endpoints, else the status that refuses it. */
export function adminRefusal(keys: AccessKeys | undefined, request: Request): 401 | 403 | undefined {
  return keys === undefined ? undefined : refusal(keys, request, [keys.master]);
}

/** The same for the public management API; the system key is the `code` of its URLs. */
export function managementRefusal(
  keys: AccessKeys | undefined,
  systemKey: string,
  request: Request,
): 401 | 403 | undefined {
  return keys === undefined ? undefined : refusal(keys, request, [keys.master, systemKey]);
}

/** Who shows a key of functions is known and may not; who shows none, or a wrong one, is not known. */
function refusal(keys: AccessKeys, request: Request, accepted: readonly string[]): 401 | 403 | undefined {
  const key = keyOf(request) ?? '';
  if (accepted.includes(key)) return undefined;
  return [keys.host, ...Object.values(keys.functions ?? {})].includes(key) ? 403 : 401;
}

/** Undefined for anything but the keys of a host as JSON. */
export function parseKeys(text: string): AccessKeys | undefined {
  const value = readJson(text);
  const isKey = (key: unknown): key is string => typeof key === 'string' && key !== '';
  if (typeof value !== 'object' || value === null) return undefined;
  const { master, host, functions = {} } = value as Record<string, unknown>;
  if (!isKey(master) || !isKey(host) || typeof functions !== 'object' || functions === null) return undefined;
  const byName = Object.entries(functions);
  if (!byName.every((entry): entry is [string, string] => isKey(entry[1]))) return undefined;
  return { master, host, functions: Object.fromEntries(byName) };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The header wins over the query; of several the first counts. */
function keyOf(request: Request): string | undefined {
  return request.headers.get('x-functions-key')?.split(',')[0] ?? firstInQuery(request.url, 'code');
}
