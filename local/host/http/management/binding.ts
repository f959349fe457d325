import type { Schema } from '../../durable/wire/failure.ts';

/** Where this host answers, and what its URLs must carry. */
export interface HubAddress {
  /** For example `http://127.0.0.1:7071`. */
  readonly origin: string;
  readonly hubName: string;
  /** The system key, never logged. */
  readonly key: string;
}

const BASE = '/runtime/webhooks/durabletask';

/** The management URLs of one instance; the order and names are those of the real extension (golden 5.7, 5.11). */
export function managementUrls(address: HubAddress, id: string) {
  const common = `taskHub=${address.hubName}&connection=Storage&code=${address.key}`;
  const own = `${address.origin}${BASE}/instances/${id}`;
  return {
    statusQueryGetUri: `${own}?${common}`,
    sendEventPostUri: `${own}/raiseEvent/{eventName}?${common}`,
    terminatePostUri: `${own}/terminate?reason={text}&${common}`,
    rewindPostUri: `${own}/rewind?reason={text}&${common}`,
    purgeHistoryDeleteUri: `${own}?${common}`,
    restartPostUri: `${own}/restart?${common}`,
    suspendPostUri: `${own}/suspend?reason={text}&${common}`,
    resumePostUri: `${own}/resume?reason={text}&${common}`,
  };
}

/** JSON text of the durableClient input. With `rpcBaseUrl` the library needs no key for its own calls. */
export function clientBinding(address: HubAddress, schema: Schema): string {
  const required = `code=${address.key}`;
  const create = `${address.origin}${BASE}/orchestrators/{functionName}[/{instanceId}]`;
  return JSON.stringify({
    taskHubName: address.hubName,
    connectionName: null,
    creationUrls: {
      createNewInstancePostUri: `${create}?${required}`,
      createAndWaitOnNewInstancePostUri: `${create}?timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}&${required}`,
    },
    managementUrls: { id: 'INSTANCEID', ...managementUrls(address, 'INSTANCEID') },
    baseUrl: `${address.origin}${BASE}`,
    requiredQueryStringParameters: required,
    rpcBaseUrl: `${address.origin}/durabletask/`,
    httpBaseUrl: null,
    ...(schema === 4 ? { maxGrpcMessageSizeInBytes: null, grpcHttpClientTimeout: null } : {}),
  });
}
