import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, vi } from 'vitest';
import { createCompute } from '../../src/azure/arm.ts';
import type { Compute } from '../../src/azure/port.ts';
import { ADDRESS, PASS } from './fake-arm.ts';

interface Service extends AsyncDisposable {
  readonly compute: Compute;
  readonly requests: string[];
}

/** A service on a real socket, and the adapter as production has it. */
async function aService(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  timeoutSeconds = 5,
): Promise<Service> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.headers.authorization ?? 'anonymous'}`);
    request.resume();
    request.on('end', () => {
      answer(request, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    compute: createCompute({ endpoint: `http://127.0.0.1:${port}`, timeoutSeconds }),
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

it('reads and writes over a socket', async () => {
  await using service = await aService((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"etag":"\\"1\\"","properties":{}}');
  });
  expect(await service.compute.scaleSet(ADDRESS)).toMatchObject({ kind: 'ok' });
  expect(await service.compute.writing(PASS).patchModel(ADDRESS, {}, '"1"')).toEqual({ kind: 'accepted' });
  expect(await service.compute.writing(PASS).act(ADDRESS, 'upgrade', ['0'])).toEqual({ kind: 'accepted' });
  expect(service.requests).toEqual(['GET anonymous', 'PATCH anonymous', 'POST anonymous']);
});

it('sends a write once when the connection breaks', async () => {
  await using service = await aService((request) => {
    request.socket.destroy();
  });
  expect(await service.compute.writing(PASS).patchModel(ADDRESS, {}, '"1"')).toMatchObject({
    kind: 'unknown',
  });
  expect(await service.compute.writing(PASS).act(ADDRESS, 'upgrade', ['0'])).toMatchObject({
    kind: 'unknown',
  });
  expect(await service.compute.scaleSet(ADDRESS)).toMatchObject({ kind: 'unreachable' });
  expect(service.requests).toHaveLength(3);
});

it('counts a write as open when its answer breaks off', async () => {
  await using service = await aService((request, response) => {
    response.writeHead(202, { 'content-length': '1000' });
    response.write('{');
    setImmediate(() => request.socket.destroy());
  });
  expect(await service.compute.writing(PASS).patchModel(ADDRESS, {}, '"1"')).toMatchObject({
    kind: 'unknown',
  });
  expect(await service.compute.instances(ADDRESS)).toMatchObject({ kind: 'unreachable' });
});

it('gives up a request without an answer', async () => {
  await using service = await aService(() => undefined, 0.1);
  expect(await service.compute.writing(PASS).act(ADDRESS, 'upgrade', ['0'])).toEqual({
    kind: 'unknown',
    message: 'no answer in time',
  });
});

it('goes past a configured proxy to a local endpoint', async () => {
  vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:9');
  await using service = await aService((_, response) => {
    response.writeHead(404).end();
  });
  expect(await service.compute.scaleSet(ADDRESS)).toMatchObject({ kind: 'missing' });
  vi.unstubAllEnvs();
});

it('is unreachable where nobody listens', async () => {
  const compute = createCompute({ endpoint: 'http://127.0.0.1:9' });
  expect(await compute.scaleSet(ADDRESS)).toMatchObject({ kind: 'unreachable' });
});
