import { azure } from '../core/messages/azure.ts';
import { ACTIONS } from '../core/actions/table.ts';
import type { Model } from '../core/model/model.ts';
import { PASS_SECONDS } from '../core/record/times.ts';
import { pathOf } from './address.ts';
import type { Connections } from './connection.ts';
import { diskRequest } from './data-disks.ts';
import { checkInstanceIds, instancePath } from './instance-path.ts';
import { toWrite } from './outcomes.ts';
import { API_VERSION } from './overview.ts';
import type { ComputeWrites, Pass, ScaleSetAddress, Write } from './port.ts';
import { withProtection } from './protection.ts';
import type { Reply, Unsent } from './reply.ts';

interface ScaleSetWrite {
  readonly method: 'PATCH' | 'POST' | 'PUT';
  /** Below the scale set's own id. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Model;
}

const NOT_SENT = {
  kind: 'notSent',
  message: azure.tooLate(PASS_SECONDS),
} as const;

/** All that changes anything in Azure, under one pass. */
export function createWrites(connections: Connections, now: () => number, { lookedAt }: Pass): ComputeWrites {
  const mayLeave = (): boolean => now() - lookedAt <= PASS_SECONDS * 1000;
  const write: Send = async (address, request) => {
    const reply = await send(connections, { address, ...request }, mayLeave);
    if (reply === undefined) return NOT_SENT;
    // Tokens come again, as rights do: the same is waited for.
    if (reply.kind === 'unsent') return { kind: 'denied', code: 'NoToken', message: reply.message };
    return toWrite(reply, now);
  };
  return { ...setWrites(write), ...instanceWrites(write) };
}

/**
 * Writes go through the client's pipeline, not its typed operations: those drop every field that this version of the
 * client does not know, and their pollers write an operation's signed URL into the client's log.
 */
function send(
  connections: Connections,
  { address, method, path, headers, body }: ScaleSetWrite & { readonly address: ScaleSetAddress },
  mayLeave: () => boolean,
): Promise<Reply | Unsent | undefined> {
  return connections.to(address.subscriptionId).sendIf(mayLeave, {
    method,
    url: `${connections.endpoint.origin}${pathOf(address)}${path}?api-version=${API_VERSION}`,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

type Send = (address: ScaleSetAddress, request: ScaleSetWrite) => Promise<Write>;

function setWrites(write: Send): Pick<ComputeWrites, 'patchModel' | 'patchExtension' | 'setRepairs'> {
  return {
    patchModel: (address, delta, etag) =>
      write(address, {
        method: 'PATCH',
        path: '',
        // fence I14: the model is written only on the version that was read
        headers: { 'if-match': etag },
        body: delta,
      }),

    async patchExtension(address, name, properties) {
      if (!/^[\w.-]+$/.test(name)) throw new RangeError(`"${name}" is no extension's name`);
      return write(address, { method: 'PATCH', path: `/extensions/${name}`, body: { properties } });
    },

    setRepairs: (address, action) =>
      write(address, {
        method: 'POST',
        path: '/setOrchestrationServiceState',
        body: { serviceName: 'AutomaticRepairs', action },
      }),
  };
}

function instanceWrites(write: Send): Pick<ComputeWrites, 'act' | 'protectInstance' | 'changeDisks'> {
  return {
    async act(address, action, instanceIds, options = {}) {
      checkInstanceIds(instanceIds);
      return write(address, {
        method: 'POST',
        path: ACTIONS[action].path,
        body: { ...options, instanceIds },
      });
    },

    async protectInstance(address, instanceId, resource, etag) {
      const path = instancePath(instanceId);
      return write(address, {
        method: 'PUT',
        path,
        // fence I14: an instance is protected only as it was read
        headers: { 'if-match': etag },
        body: withProtection(resource),
      });
    },

    changeDisks: async (address, instanceId, work) =>
      write(address, {
        method: 'POST',
        path: `${instancePath(instanceId)}/attachDetachDataDisks`,
        body: diskRequest(work),
      }),
  };
}
