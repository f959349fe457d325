import type { OperationKind } from '../log/entries.ts';
import type { World } from '../world.ts';
import type { Call, Reply } from './call.ts';

/** One REST operation. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path of literal segments and `:name` parameters. */
  readonly path: string;
  readonly operation: OperationKind;
  readonly handle: (world: World, call: Call) => Reply;
}

export interface RouteMatch {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

export type Router = (method: string, path: string) => RouteMatch | undefined;

/** Literal segments compare without regard to case: clients write `resourcegroups` and `virtualmachines` too. */
export function createRouter(routes: readonly Route[]): Router {
  const table = routes.map((route) => ({ route, pattern: route.path.toLowerCase().split('/') }));
  const names = routes.map((route) => route.path.split('/'));
  return (method, path) => {
    const segments = path.replace(/\/+$/, '').split('/');
    for (const [index, { route, pattern }] of table.entries()) {
      if (route.method !== method || pattern.length !== segments.length) continue;
      const params = bind(names[index] ?? [], pattern, segments);
      if (params !== undefined) return { route, params };
    }
    return undefined;
  };
}

function bind(
  names: readonly string[],
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    if (pattern[index]?.startsWith(':') === true) params[(names[index] ?? '').slice(1)] = decode(segment);
    else if (pattern[index] !== segment.toLowerCase()) return undefined;
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
