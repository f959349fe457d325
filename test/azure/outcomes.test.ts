import { describe, expect, it } from 'vitest';
import type { Compute, Read, Write } from '../../src/azure/port.ts';
import { ADDRESS, PASS, SCALE_SET_URL, aCompute, refusal } from './fake-arm.ts';

const IMAGE = {
  subscriptionId: ADDRESS.subscriptionId,
  location: 'westeurope',
  publisher: 'p',
  offer: 'o',
  sku: 's',
};

const READS: Record<string, (compute: Compute) => Promise<Read<unknown>>> = {
  scaleSet: (compute) => compute.scaleSet(ADDRESS),
  instances: (compute) => compute.instances(ADDRESS),
  instanceResources: (compute) => compute.instanceResources(ADDRESS),
  scaleSetView: (compute) => compute.scaleSetView(ADDRESS),
  subscriptions: (compute) => compute.subscriptions(),
  scaleSets: (compute) => compute.scaleSets(ADDRESS.subscriptionId),
  imageVersions: (compute) => compute.imageVersions(IMAGE),
  imageVersion: (compute) => compute.imageVersion(IMAGE, '1.0.0'),
  galleryVersions: (compute) => compute.galleryVersions({ ...IMAGE, id: '/SharedGalleries/g/Images/i' }),
  operation: (compute) => compute.operation(ADDRESS.subscriptionId, `${SCALE_SET_URL}/op`),
};

const WRITES: Record<string, (compute: Compute) => Promise<Write>> = {
  patchModel: (compute) =>
    compute.writing(PASS).patchModel(ADDRESS, { sku: { name: 'Standard_D2s_v5' } }, '"7"'),
  upgradeInstances: (compute) => compute.writing(PASS).act(ADDRESS, 'upgrade', ['0', '3']),
  changeDisks: (compute) =>
    compute
      .writing(PASS)
      .changeDisks(ADDRESS, '3', { attach: [], detach: [{ diskId: '/subscriptions/s/d1', lun: 0 }] }),
};

describe.each(Object.entries(READS))('the read %s', (_, read) => {
  it.each([
    { status: 404, code: 'ResourceNotFound', kind: 'missing' },
    { status: 403, code: 'AuthorizationFailed', kind: 'denied' },
    { status: 400, code: 'InvalidParameter', kind: 'refused' },
    { status: 409, code: 'OperationNotAllowed', kind: 'refused' },
  ])('answers $kind to $status', async ({ status, code, kind }) => {
    const { compute, requests } = aCompute(() => refusal(status, code));
    expect(await read(compute)).toEqual({
      kind,
      code,
      message: `${code}, says the service`,
      ...(kind === 'refused' && { status }),
    });
    expect(requests).toHaveLength(1);
  });

  it.each([408, 500, 502, 503, 504])('answers unreachable to %s, after one request', async (status) => {
    const { compute, requests } = aCompute(() =>
      refusal(status, 'InternalExecutionError', { 'retry-after': '1' }),
    );
    expect(await read(compute)).toEqual({
      kind: 'unreachable',
      message: `HTTP ${status} InternalExecutionError: InternalExecutionError, says the service`,
      // Only a service that is too busy says for how long.
      ...(status === 503 && { retryAfterSeconds: 1 }),
    });
    expect(requests).toHaveLength(1);
  });

  it('answers unreachable when the connection breaks, after one request', async () => {
    const { compute, requests } = aCompute(() => Promise.reject(new Error('socket hang up')));
    expect(await read(compute)).toEqual({ kind: 'unreachable', message: 'socket hang up' });
    expect(requests).toHaveLength(1);
  });

  it('answers unreachable when no answer comes in time', async () => {
    const { compute } = aCompute(() => new Promise<never>(() => undefined), { timeoutSeconds: 0.02 });
    expect(await read(compute)).toEqual({ kind: 'unreachable', message: 'no answer in time' });
  });

  it.each(['<html>a proxy</html>', '{"value": [{"cut', '7'])(
    'answers unreachable to the body %s',
    async (text) => {
      const { compute } = aCompute(
        () => new Response(text, { headers: { 'content-type': 'application/json' } }),
      );
      const answer = await read(compute);
      // An operation's URL may answer with any result at all, and then has succeeded.
      expect(answer.kind).toBe(text === '7' && read === READS['operation'] ? 'ok' : 'unreachable');
    },
  );

  it('is throttled for as long as the service says', async () => {
    const { compute } = aCompute(() => refusal(429, 'OperationNotAllowed', { 'retry-after': '137' }));
    expect(await read(compute)).toEqual({ kind: 'throttled', retryAfterSeconds: 137 });
  });
});

describe.each(Object.entries(WRITES))('the write %s', (_, write) => {
  it.each([
    { status: 409, code: 'Conflict', kind: 'conflict' },
    { status: 409, code: 'ConflictingConcurrentWriteNotAllowed', kind: 'conflict' },
    { status: 409, code: 'OperationPreempted', kind: 'conflict' },
    { status: 409, code: 'RetryableError', kind: 'conflict' },
    { status: 409, code: 'AnotherOperationInProgress', kind: 'conflict' },
    { status: 409, code: 'CONFLICT', kind: 'conflict' },
    { status: 409, code: 'OperationNotAllowed', kind: 'refused' },
    { status: 409, code: 'PropertyChangeNotAllowed', kind: 'refused' },
    { status: 400, code: 'InvalidParameter', kind: 'refused' },
    { status: 401, code: 'ExpiredAuthenticationToken', kind: 'denied' },
    { status: 403, code: 'AuthorizationFailed', kind: 'denied' },
    { status: 403, code: 'RequestDisallowedByPolicy', kind: 'refused' },
    { status: 409, code: 'ScopeLocked', kind: 'refused' },
    { status: 404, code: 'ResourceNotFound', kind: 'conflict', because: 'missing' },
    { status: 404, code: 'PlatformImageNotFound', kind: 'refused' },
    { status: 409, code: 'Unheard', kind: 'conflict', because: 'strange' },
  ])('answers $kind to $status $code', async ({ status, code, kind, because }) => {
    const { compute, requests } = aCompute(() => refusal(status, code));
    expect(await write(compute)).toEqual({
      kind,
      code,
      message: `${code}, says the service`,
      status,
      ...(because !== undefined && { because }),
    });
    expect(requests).toHaveLength(1);
  });

  it('answers modelMoved to 412', async () => {
    const { compute } = aCompute(() => refusal(412, 'PreconditionFailed'));
    expect(await write(compute)).toEqual({
      kind: 'modelMoved',
      message: 'PreconditionFailed, says the service',
      status: 412,
      code: 'PreconditionFailed',
    });
  });

  it('answers conflict to a 409 that does not say why', async () => {
    const { compute } = aCompute(() => new Response(null, { status: 409 }));
    expect(await write(compute)).toMatchObject({ kind: 'conflict', code: 'Http409' });
  });

  it.each([408, 500, 502, 503, 504])('answers unknown to %s, after one request', async (status) => {
    const { compute, requests } = aCompute(() => refusal(status, 'ServerBusy', { 'retry-after': '1' }));
    expect(await write(compute)).toEqual({
      kind: 'unknown',
      message: `HTTP ${status} ServerBusy: ServerBusy, says the service`,
      status,
      code: 'ServerBusy',
      ...(status === 503 && { retryAfterSeconds: 1 }),
    });
    expect(requests).toHaveLength(1);
  });

  it('answers unknown when the connection breaks, after one request', async () => {
    const { compute, requests } = aCompute(() => Promise.reject(new Error('socket hang up')));
    expect(await write(compute)).toEqual({ kind: 'unknown', message: 'socket hang up' });
    expect(requests).toHaveLength(1);
  });

  it('answers unknown when no answer comes in time', async () => {
    const { compute } = aCompute(() => new Promise<never>(() => undefined), { timeoutSeconds: 0.02 });
    expect(await write(compute)).toEqual({ kind: 'unknown', message: 'no answer in time' });
  });

  it('follows no redirect', async () => {
    const headers = { location: `${SCALE_SET_URL}-elsewhere` };
    const { compute, requests } = aCompute(() => new Response(null, { status: 307, headers }));
    expect(await write(compute)).toMatchObject({ kind: 'refused', status: 307 });
    expect(requests).toHaveLength(1);
  });

  it.each([
    { headers: { 'retry-after': '61' }, seconds: 61 },
    { headers: { 'retry-after': '0' }, seconds: 0 },
    { headers: { 'retry-after': 'Fri, 20 Nov 2026 12:02:03 GMT' }, seconds: 123 },
    { headers: { 'retry-after': 'Fri, 20 Nov 2026 11:00:00 GMT' }, seconds: 0 },
    { headers: { 'retry-after-ms': '1500' }, seconds: 2 },
    { headers: { 'retry-after': 'soon' }, seconds: 15 },
    { headers: {}, seconds: 15 },
  ])('is throttled for $seconds s by $headers', async ({ headers, seconds }) => {
    const { compute, requests } = aCompute(() => refusal(429, 'OperationNotAllowed', { ...headers }));
    expect(await write(compute)).toEqual({
      kind: 'throttled',
      retryAfterSeconds: seconds,
      status: 429,
      code: 'OperationNotAllowed',
    });
    expect(requests).toHaveLength(1);
  });

  it('is accepted with what is needed to follow it', async () => {
    const pollUrl = `${SCALE_SET_URL}/operations/1?p=2&c=a%2Bb&s=signed`;
    const headers = {
      'azure-asyncoperation': pollUrl,
      location: `${pollUrl}&monitor=true`,
      'retry-after': '10',
      'x-ms-request-id': 'r-1',
    };
    const { compute, requests } = aCompute(() => new Response(null, { status: 202, headers }));
    expect(await write(compute)).toEqual({
      kind: 'accepted',
      pollUrl,
      retryAfterSeconds: 10,
      requestId: 'r-1',
    });
    expect(requests).toHaveLength(1);
  });

  it('is accepted by a location alone, and by an answer without any', async () => {
    const headers = { location: `${SCALE_SET_URL}/monitor` };
    const located = aCompute(() => new Response(null, { status: 202, headers }));
    expect(await write(located.compute)).toEqual({ kind: 'accepted', pollUrl: headers.location });
    const bare = aCompute(() => new Response(null, { status: 200 }));
    expect(await write(bare.compute)).toEqual({ kind: 'accepted' });
  });

  it("adds the details' words to the message", async () => {
    const error = {
      code: 'ResourceOperationFailure',
      message: 'Operations failed.',
      details: [{ code: 'AllocationFailed', message: 'No capacity.', target: '3' }],
    };
    const { compute } = aCompute(() => Response.json({ error }, { status: 400 }));
    expect(await write(compute)).toMatchObject({
      message: 'Operations failed. AllocationFailed: No capacity.',
    });
  });
});
