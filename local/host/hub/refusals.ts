import type { FunctionApp } from '../worker/app/function-app.ts';
import type { Schema } from '../durable/wire/failure.ts';
import type { InstanceRecord } from '../ports.ts';

/** Why the hub refused a call; the management API turns each kind into its status code (golden 5). */
export type Refusal =
  | 'notFound'
  | 'gone'
  | 'exists'
  | 'wrongState'
  | 'notFailed'
  | 'notOver'
  | 'invalid'
  | 'unknownEntity';

export class RefusedError extends Error {
  readonly kind: Refusal;
  constructor(kind: Refusal, message: string) {
    super(message);
    this.name = 'RefusedError';
    this.kind = kind;
  }
}

export function noInstance(instanceId: string): RefusedError {
  return new RefusedError('notFound', `No instance with ID '${instanceId}' found.`);
}

export function alreadyOver({ instanceId, status }: InstanceRecord): RefusedError {
  return new RefusedError('gone', `${instanceId} is ${status}.`);
}

export function alreadyExists({ status }: InstanceRecord): RefusedError {
  return new RefusedError('exists', `An Orchestration instance with the status ${status} already exists.`);
}

export function cannot(verb: string, { instanceId, status }: InstanceRecord): RefusedError {
  return new RefusedError(
    'wrongState',
    `Cannot ${verb} the orchestration instance ${instanceId} because instance is in the ${status} state.`,
  );
}

/** Up to 2.13.7 a rewind of what is over is refused as every call on it is (golden 5.3; golden-3.19, item 7). */
export function cannotRewind(record: InstanceRecord, schema: Schema): RefusedError {
  const { status } = record;
  if (schema === 4) {
    return new RefusedError(
      'notFailed',
      `This orchestration has status ${status}, but only orchestrations in the "Failed" state can be rewound.`,
    );
  }
  if (status === 'Completed' || status === 'Terminated') return alreadyOver(record);
  return new RefusedError(
    'wrongState',
    'The rewind operation is only supported on failed orchestration instances.',
  );
}

export function cannotPurge({ instanceId, status }: InstanceRecord): RefusedError {
  return new RefusedError(
    'notOver',
    'Only orchestrations in a terminal state can be purged, ' +
      `but the orchestration with instance ID ${instanceId} has status ${status}`,
  );
}

/**
 * The extension's words for a name that no orchestrator has: up to 2.13.7 it refuses the start with them, from 3.x on
 * the instance ends with them (golden 5.7; measured on 3.19.0).
 */
export function unknownOrchestration(app: FunctionApp, name: string): string {
  const known = app.functions('orchestrationTrigger').map((fn) => `'${fn.name}'`);
  return (
    `The function '${name}' doesn't exist, is disabled, or is not an orchestrator function. ` +
    `Additional info: The following are the known orchestrator functions: ${known.join(', ')}.`
  );
}

/** Rules and texts of 2.13.7 (golden 5.7); from 3.x on every id is taken. */
export function checkInstanceId(id: string): void {
  if (id.startsWith('@')) {
    throw new RefusedError(
      'invalid',
      "instanceId (Parameter 'Orchestration instance ids must not start with @.')",
    );
  }
  if (Array.from(id).some(isForbidden)) {
    throw new RefusedError(
      'invalid',
      "instanceId (Parameter 'Orchestration instance ids must not contain /, \\, #, ?, or control characters.')",
    );
  }
  if (id.length > 256) {
    throw new RefusedError('invalid', 'Instance ID lengths must not exceed 256 characters.');
  }
}

/** Slashes, `#`, `?` and the control characters of both Latin ranges. */
function isForbidden(character: string): boolean {
  const code = character.charCodeAt(0);
  return '/\\#?'.includes(character) || code < 0x20 || (code >= 0x7f && code <= 0x9f);
}
