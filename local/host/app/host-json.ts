/** The parts of host.json that this host obeys. */
export interface HostJson {
  readonly routePrefix: string;
  readonly hubName: string;
  readonly maxConcurrentActivities: number;
}

/** 20 activities at once is what two processors get (golden 1.22); a fixed number keeps local runs alike. */
const DEFAULTS: HostJson = { routePrefix: 'api', hubName: 'TestHubName', maxConcurrentActivities: 20 };

/** Reads what a parsed host.json says; whatever is absent or of another type keeps its default. */
export function readHostJson(parsed: unknown): HostJson {
  const extensions = child(parsed, 'extensions');
  const durable = child(extensions, 'durableTask');
  const prefix = child(child(extensions, 'http'), 'routePrefix');
  const hub = child(durable, 'hubName');
  const limit = child(durable, 'maxConcurrentActivityFunctions');
  return {
    routePrefix: typeof prefix === 'string' ? prefix : DEFAULTS.routePrefix,
    hubName: typeof hub === 'string' ? hub : DEFAULTS.hubName,
    maxConcurrentActivities:
      typeof limit === 'number' && limit > 0 ? limit : DEFAULTS.maxConcurrentActivities,
  };
}

function child(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
