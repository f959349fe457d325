import type { Schema } from './failure.ts';

/** What an orchestration, an entity or the management API tells an entity (golden 3.3). */
export interface EntityRequest {
  /** Null in a request for a lock. */
  readonly op: string | null;
  readonly signal?: true;
  /** JSON text. */
  readonly input?: string;
  readonly id: string;
  /** Who asked; the answer goes there. */
  readonly parent?: string;
  readonly parentExecution?: string;
  readonly lockset?: readonly EntityRef[];
  /** Which entity of the lock set this request is at. */
  readonly pos?: number;
}

export interface EntityRef {
  readonly name: string;
  readonly key: string;
}

export interface EntityReply {
  /** JSON text; null for no result. */
  readonly result: string | null;
  readonly exceptionType?: string;
}

/** Tells an entity that the holder `parent` is done with it. */
export interface EntityRelease {
  readonly parent: string;
  readonly id: string;
}

/** Names of the messages among the raised events of an entity's instance. */
export const OPERATION = 'op';
export const RELEASE = 'release';

const NAMESPACE = 'Microsoft.Azure.WebJobs.Extensions.DurableTask';
const NEVER = '0001-01-01T00:00:00';

const typed = (name: string): string => `${NAMESPACE}.${name}, ${NAMESPACE}`;

/**
 * JSON text. Requests of one sender to one entity are chained by their times, as the extension does; since 3.x an
 * operation also tells when it was asked for (recordings `lock`, `entityCall`).
 */
export function requestText(
  { lockset, pos, ...request }: EntityRequest,
  sent: { readonly at: string; readonly after: string | undefined; readonly schema: Schema },
): string {
  const entities = lockset?.map((entity) => ({
    $type: typed('EntityId'),
    name: entity.name.toLowerCase(),
    key: entity.key,
  }));
  return JSON.stringify({
    $type: typed('RequestMessage'),
    ...request,
    Timestamp: sent.at,
    Predecessor: sent.after ?? NEVER,
    ...(entities === undefined ? {} : { lockset: entities }),
    ...(pos === undefined || pos === 0 ? {} : { pos }),
    ...(sent.schema === 4 && entities === undefined ? { requestTime: sent.at.replace('Z', '+00:00') } : {}),
  });
}

export function replyText(reply: EntityReply): string {
  return JSON.stringify({ $type: typed('ResponseMessage'), ...reply });
}

export function releaseText(release: EntityRelease): string {
  return JSON.stringify({ $type: typed('ReleaseMessage'), ...release });
}

/** The instance of an entity. Orchestrations and the management API write its name in lower case. */
export function entityInstanceId(entity: EntityRef): string {
  return `@${entity.name.toLowerCase()}@${entity.key}`;
}

/** Undefined for anything but `@name@key`. */
export function entityOf(instanceId: string): EntityRef | undefined {
  const [, name, key] = /^@([^@]+)@(.*)$/s.exec(instanceId) ?? [];
  return name === undefined || key === undefined ? undefined : { name, key };
}

/** The extension's words for a name that no entity function has (golden 1.3, 5.5). */
export function unknownEntity(name: string, known: Iterable<string>): string {
  const names = [...known].map((one) => `'${one}'`).join(', ');
  return (
    `The function '${name.toLowerCase()}' doesn't exist, is disabled, or is not an entity function. ` +
    `Additional info: The following are the known entity functions: ${names}.`
  );
}
