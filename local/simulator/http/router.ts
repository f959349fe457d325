import type { BucketRule } from '../operations/buckets.ts';
import type { Route as OperationRoute } from '../operations/row.ts';
import type { OperationKind } from '../operations/table.ts';
import type { World } from '../world.ts';
import type { Call, Reply } from '../calls/call.ts';

/** One REST operation. */
export interface Route extends OperationRoute {
  readonly operation: OperationKind;
  readonly buckets: readonly BucketRule[];
  readonly handle: (world: World, call: Call) => Reply;
}

export interface RouteMatch {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

export type Router = (method: string, url: URL) => RouteMatch | undefined;

/** Literal segments compare without regard to case: clients write `resourcegroups` and `virtualmachines` too. */
export function createRouter(routes: readonly Route[]): Router {
  const table = routes.map((route) => {
    const [path = '', query] = route.path.split('?');
    const wanted = [...new URLSearchParams(query)];
    return { route, names: path.split('/'), pattern: path.toLowerCase().split('/'), wanted };
  });
  return (method, { pathname, searchParams }) => {
    const segments = pathname.replace(/\/+$/, '').split('/');
    for (const { route, names, pattern, wanted } of table) {
      if (route.method !== method || pattern.length !== segments.length) continue;
      if (wanted.some(([key, value]) => searchParams.get(key) !== value)) continue;
      const params = bind(names, pattern, segments);
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
