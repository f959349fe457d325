import { VERSION_MATCHES, type VersionMatch } from '../../durable/wire/versions.ts';
import { timeSpanMs } from '../../durable/wire/time-span.ts';

/** The parts of host.json that this host obeys. */
export interface HostJson {
  readonly routePrefix: string;
  readonly hubName: string;
  readonly maxConcurrentActivities: number;
  readonly maxConcurrentOrchestrators: number;
  /** How long what a host had taken from its queues stays hidden when that host is gone, in milliseconds. */
  readonly redelivery: { readonly messagesMs: number; readonly activitiesMs: number };
  /** Undefined for no limit. */
  readonly functionTimeoutMs: number | undefined;
  readonly logLevel: LogLevel;
  /** Of orchestrations that are started without one. */
  readonly defaultVersion: string | null;
  readonly versionMatch: VersionMatch;
}

/** In the order of importance; `none` lets nothing through. */
export const LOG_LEVELS = ['trace', 'debug', 'information', 'warning', 'error', 'critical', 'none'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What is wrong with a host.json, in one sentence. */
export class HostJsonError extends Error {
  constructor(path: string, expected: string) {
    super(`host.json: "${path}" must be ${expected}.`);
    this.name = 'HostJsonError';
  }
}

/** 20 at once is what two processors get (golden 1.22); a fixed number keeps local runs alike. */
const DEFAULT_CONCURRENCY = 20;

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * Without a file all defaults hold. Unknown keys are left to other hosts; known ones with a wrong value are refused.
 * `settings` are the app's: `%NAME%` in the hub's name stands for one of them, as in the extension.
 */
export function readHostJson(parsed: unknown, settings: Env): HostJson {
  if (parsed !== undefined && !isObject(parsed)) throw new HostJsonError('host.json', 'an object');
  if (parsed !== undefined && child(parsed, 'version') !== '2.0') throw new HostJsonError('version', '"2.0"');
  const read = <T>(
    path: string,
    expected: string,
    fallback: T,
    parse: (value: unknown) => T | undefined,
  ): T => {
    const value = path.split('.').reduce(child, parsed);
    if (value === undefined) return fallback;
    const result = parse(value);
    if (result === undefined) throw new HostJsonError(path, expected);
    return result;
  };
  const durable = 'extensions.durableTask';
  return {
    routePrefix: read('extensions.http.routePrefix', 'a string', 'api', text),
    hubName: read(`${durable}.hubName`, HUB_NAME, 'TestHubName', (value) => hubName(value, settings)),
    maxConcurrentActivities: read(`${durable}.maxConcurrentActivityFunctions`, ...COUNT),
    maxConcurrentOrchestrators: read(`${durable}.maxConcurrentOrchestratorFunctions`, ...COUNT),
    redelivery: {
      messagesMs: read(`${durable}.storageProvider.controlQueueVisibilityTimeout`, ...VISIBILITY),
      activitiesMs: read(`${durable}.storageProvider.workItemQueueVisibilityTimeout`, ...VISIBILITY),
    },
    functionTimeoutMs: read('functionTimeout', 'a time span such as "00:05:00" or "-1"', undefined, timeout),
    defaultVersion: read<string | null>(`${durable}.defaultVersion`, 'a string', null, text),
    versionMatch: read(
      `${durable}.versionMatchStrategy`,
      `one of ${VERSION_MATCHES.join(', ')}`,
      'CurrentOrOlder',
      (value) => VERSION_MATCHES.find((match) => match === value),
    ),
    logLevel: read('logging.logLevel.default', `one of ${LOG_LEVELS.join(', ')}`, 'information', logLevel),
  };
}

const HUB_NAME = '3 to 45 letters and digits, a letter first, once each %NAME% is the setting NAME';

const COUNT = [
  'a whole number above 0',
  DEFAULT_CONCURRENCY,
  (value: unknown) => (Number.isInteger(value) && Number(value) > 0 ? Number(value) : undefined),
] as const;

/** Anything else the real extension refuses as well (golden 6.4; the upper limit by its words). */
const VISIBILITY = ['a time span from 1 to 60 minutes, such as "00:05:00"', 5 * 60_000, visibility] as const;

function visibility(value: unknown): number | undefined {
  const ms = typeof value === 'string' ? timeSpanMs(value) : undefined;
  return ms !== undefined && ms >= 60_000 && ms <= 60 * 60_000 ? ms : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function child(value: unknown, key: string): unknown {
  return isObject(value) ? value[key] : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function hubName(value: unknown, settings: Env): string | undefined {
  if (typeof value !== 'string') return undefined;
  const name = value.replace(/%([^%]+)%/g, (whole, setting: string) => settings[setting] ?? whole);
  return /^[a-z][a-z0-9]{2,44}$/i.test(name) ? name : undefined;
}

function timeout(value: unknown): number | undefined {
  if (value === '-1') return Number.POSITIVE_INFINITY;
  return typeof value === 'string' ? timeSpanMs(value) : undefined;
}

function logLevel(value: unknown): LogLevel | undefined {
  return LOG_LEVELS.find((level) => typeof value === 'string' && level === value.toLowerCase());
}
