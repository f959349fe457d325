import { describe, expect, it } from 'vitest';
import { ADDRESS, ENDPOINT, PASS, SCALE_SET_URL, aCompute, json } from './fake-arm.ts';

describe('the scale set', () => {
  const body = {
    id: '/subscriptions/x',
    etag: '"4"',
    future: { knownTo: 'nobody yet' },
    properties: { provisioningState: 'Succeeded', upgradePolicy: { mode: 'Manual', newKnob: [1] } },
  };

  it('comes whole, also what the client does not know', async () => {
    const { compute, requests } = aCompute(() => json(body, { headers: { etag: '"4"' } }));
    expect(await compute.scaleSet(ADDRESS)).toEqual({ kind: 'ok', value: { model: body, etag: '"4"' } });
    expect(requests[0]?.url).toBe(`${SCALE_SET_URL}?api-version=2026-04-01`);
  });

  it("takes the body's ETag where the header is missing", async () => {
    const { compute } = aCompute(() => json(body));
    expect(await compute.scaleSet(ADDRESS)).toMatchObject({ value: { etag: '"4"' } });
  });

  it('is unreadable without any ETag', async () => {
    const { compute } = aCompute(() => json({ properties: {} }));
    expect(await compute.scaleSet(ADDRESS)).toMatchObject({ kind: 'unreachable' });
  });
});

describe('a change of the model', () => {
  it('sends the delta as it is, under the ETag', async () => {
    const delta = {
      tags: null,
      properties: {
        virtualMachineProfile: { storageProfile: { imageReference: { version: '1.2.3' } } },
        newKnob: { on: true },
      },
    };
    const { compute, requests } = aCompute(() => json({}));
    await compute.writing(PASS).patchModel(ADDRESS, delta, '"7"');
    const [request] = requests;
    expect(request?.method).toBe('PATCH');
    expect(request?.url).toBe(`${SCALE_SET_URL}?api-version=2026-04-01`);
    expect(request?.headers.get('if-match')).toBe('"7"');
    expect(request?.headers.get('content-type')).toBe('application/json');
    expect(await request?.json()).toEqual(delta);
  });
});

it('protects an instance with the ETag that it was read with', async () => {
  const { compute, requests } = aCompute(() => json({}));
  await compute
    .writing(PASS)
    .protectInstance(ADDRESS, '3', { properties: { vmId: 'x' }, tags: { a: 'b' } }, '"9"');
  const [request] = requests;
  expect(request?.method).toBe('PUT');
  expect(request?.url).toBe(`${SCALE_SET_URL}/virtualMachines/3?api-version=2026-04-01`);
  expect(request?.headers.get('if-match')).toBe('"9"');
  expect(await request?.json()).toMatchObject({
    properties: { protectionPolicy: { protectFromScaleSetActions: true } },
    tags: { a: 'b' },
  });
});

it('is never written to an address that is no scale set', async () => {
  const { compute, requests } = aCompute(() => json({}));
  await expect(
    compute.writing(PASS).patchModel({ ...ADDRESS, name: 'web/extensions/x?' }, {}, '"7"'),
  ).rejects.toThrow(RangeError);
  expect(requests).toEqual([]);
});

describe('an upgrade of instances', () => {
  it('names them in one manualupgrade and leaves the operation alone', async () => {
    const headers = { 'azure-asyncoperation': `${SCALE_SET_URL}/op` };
    const { compute, requests } = aCompute(() => new Response(null, { status: 202, headers }));
    await compute.writing(PASS).act(ADDRESS, 'upgrade', ['0', 'web_0a1b2c3d']);
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `POST ${SCALE_SET_URL}/manualupgrade?api-version=2026-04-01`,
    ]);
    expect(await requests[0]?.json()).toEqual({ instanceIds: ['0', 'web_0a1b2c3d'] });
  });

  it.each([
    { what: 'none', ids: [] },
    { what: 'more than 100', ids: Array.from({ length: 101 }, String) },
    { what: 'all at once', ids: ['*'] },
  ])('is never sent for $what', async ({ ids }) => {
    const { compute, requests } = aCompute(() => new Response(null, { status: 202 }));
    await expect(compute.writing(PASS).act(ADDRESS, 'upgrade', ids)).rejects.toThrow(RangeError);
    expect(requests).toEqual([]);
  });
});

describe('a write of data disks', () => {
  const disk = (name: string) =>
    `/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/${name}`;

  it('names what comes and what goes, and nothing else of the instance', async () => {
    const { compute, requests } = aCompute(() => new Response(null, { status: 202 }));
    await compute.writing(PASS).changeDisks(ADDRESS, '3', {
      attach: [
        {
          diskId: disk('a'),
          lun: 2,
          caching: 'ReadOnly',
          deleteOption: 'Delete',
          writeAcceleratorEnabled: true,
        },
        { diskId: disk('b'), lun: 0 },
      ],
      detach: [{ diskId: disk('c'), lun: 7, caching: 'None' }],
    });
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `POST ${SCALE_SET_URL}/virtualMachines/3/attachDetachDataDisks?api-version=2026-04-01`,
    ]);
    expect(await requests[0]?.json()).toEqual({
      dataDisksToAttach: [
        {
          diskId: disk('a'),
          lun: 2,
          caching: 'ReadOnly',
          deleteOption: 'Delete',
          writeAcceleratorEnabled: true,
        },
        { diskId: disk('b'), lun: 0 },
      ],
      dataDisksToDetach: [{ diskId: disk('c') }],
    });
  });

  it.each(['*', '', '3/../4', '3?x'])('is never sent to the instance "%s"', async (id) => {
    const { compute, requests } = aCompute(() => new Response(null, { status: 202 }));
    const work = { attach: [], detach: [{ diskId: disk('c'), lun: 7 }] };
    await expect(compute.writing(PASS).changeDisks(ADDRESS, id, work)).rejects.toThrow(RangeError);
    expect(requests).toEqual([]);
  });
});

describe('the list of instances', () => {
  const page = (ids: readonly string[], nextLink?: string): Response =>
    json({ value: ids.map((instanceId) => ({ instanceId })), nextLink });

  it('goes through all pages, as the service links them', async () => {
    const { compute, requests } = aCompute(({ url }) =>
      url.includes('skiptoken=2')
        ? page(['4'])
        : page(
            ['0', '3'],
            `${SCALE_SET_URL}/virtualMachines?%24expand=instanceView&$skiptoken=2&api-version=2026-04-01`,
          ),
    );
    const read = await compute.instances(ADDRESS);
    expect(read.kind === 'ok' && read.value.map(({ instanceId }) => instanceId)).toEqual(['0', '3', '4']);
    expect(requests.map(({ url }) => url)).toEqual([
      `${SCALE_SET_URL}/virtualMachines?api-version=2026-04-01&%24expand=instanceView`,
      `${SCALE_SET_URL}/virtualMachines?%24expand=instanceView&$skiptoken=2&api-version=2026-04-01`,
    ]);
  });

  it('is not half a list when a later page fails', async () => {
    const { compute } = aCompute(({ url }) =>
      url.includes('next') ? new Response(null, { status: 503 }) : page(['0'], `${SCALE_SET_URL}/next`),
    );
    expect(await compute.instances(ADDRESS)).toEqual({ kind: 'unreachable', message: 'HTTP 503' });
  });

  it.each([
    'https://evil.example/next',
    'http://127.0.0.1:8080/next',
    'https://127.0.0.1/next',
    'http://user@127.0.0.1/next',
    '//evil.example/next',
    'no url',
  ])('does not go on to %s', async (nextLink) => {
    const { compute, requests } = aCompute(() => page(['0'], nextLink));
    expect(await compute.instances(ADDRESS)).toMatchObject({ kind: 'refused', code: 'ForeignNextLink' });
    expect(requests).toHaveLength(1);
  });

  it('ends also when the service links on for ever', async () => {
    const { compute, requests } = aCompute(() => page([], `${SCALE_SET_URL}/again`));
    expect(await compute.instances(ADDRESS)).toMatchObject({ kind: 'unreachable' });
    expect(requests).toHaveLength(1_000);
  });
});

describe('the versions of an image', () => {
  const image = {
    subscriptionId: ADDRESS.subscriptionId,
    location: 'westeurope',
    publisher: 'Canonical',
    offer: 'ubuntu',
    sku: 'lts',
  };

  it('come newest first, compared as numbers', async () => {
    const names = ['22.04.9', '22.04.10', '18.04.202401161', '22.04.10.1', '22.04.202408010', '22.4.10-beta'];
    const { compute, requests } = aCompute(() =>
      json(names.map((name) => ({ name, location: 'westeurope', id: name }))),
    );
    expect(await compute.imageVersions(image)).toEqual({
      kind: 'ok',
      value: ['22.04.202408010', '22.4.10-beta', '22.04.10.1', '22.04.10', '22.04.9', '18.04.202401161'],
    });
    expect(requests[0]?.url).toContain(
      '/locations/westeurope/publishers/Canonical/artifacttypes/vmimage/offers/ubuntu/skus/lts/versions?',
    );
  });
});

describe('an operation', () => {
  const POLL = `${ENDPOINT}/subscriptions/s/operations/1?p=2&t=3&c=a%2Bb%3D&s=sig&h=hash`;
  const look = async (answer: () => Response): Promise<unknown> => {
    const { compute, requests } = aCompute(answer);
    const read = await compute.operation(ADDRESS.subscriptionId, POLL);
    expect(requests.map(({ url }) => url)).toEqual([POLL]);
    return read.kind === 'ok' ? read.value : read;
  };

  it('is running for as long as it does not say otherwise', async () => {
    expect(await look(() => json({ status: 'InProgress' }, { headers: { 'retry-after': '12' } }))).toEqual({
      kind: 'running',
      retryAfterSeconds: 12,
    });
    expect(await look(() => json({ status: 'Accepted' }))).toEqual({ kind: 'running' });
    expect(await look(() => new Response(null, { status: 202 }))).toEqual({ kind: 'running' });
  });

  it('succeeds by its status, or by the end of its location', async () => {
    expect(await look(() => json({ status: 'Succeeded' }))).toEqual({ kind: 'succeeded' });
    for (const status of ['PartiallySucceeded', 'NotSucceeded', 'Cancelling', 'Completed', 'Unheard of']) {
      expect(await look(() => json({ status }))).toMatchObject({ kind: 'running' });
    }
    expect(await look(() => new Response(null, { status: 200 }))).toEqual({ kind: 'succeeded' });
    expect(await look(() => new Response(null, { status: 204 }))).toEqual({ kind: 'succeeded' });
  });

  it.each(['Canceled', 'Cancelled'])('is canceled when %s', async (status) => {
    expect(await look(() => json({ status }))).toEqual({ kind: 'canceled' });
  });

  it('fails with the reason that the service gives', async () => {
    const error = {
      code: 'VMExtensionProvisioningError',
      message: 'VM has reported a failure.',
      details: [{ code: 'VMExtensionHandlerNonTransientError', message: 'exit 1' }],
    };
    expect(await look(() => json({ status: 'Failed', error }))).toEqual({
      kind: 'failed',
      code: 'VMExtensionProvisioningError',
      message: 'VM has reported a failure. VMExtensionHandlerNonTransientError: exit 1',
    });
    expect(await look(() => json({ status: 'Failed' }))).toMatchObject({
      kind: 'failed',
      code: 'OperationFailed',
    });
  });

  it('may be forgotten by the service', async () => {
    expect(await look(() => new Response(null, { status: 404 }))).toMatchObject({ kind: 'missing' });
  });

  it.each([
    'https://evil.example/op',
    'http://169.254.169.254/metadata',
    'file:///etc/passwd',
    'http://127.0.0.1@evil.example/',
  ])('is not looked up at %s', async (pollUrl) => {
    const { compute, requests } = aCompute(() => json({ status: 'Succeeded' }));
    const read = await compute.operation(ADDRESS.subscriptionId, pollUrl);
    expect(read).toMatchObject({ kind: 'refused', code: 'ForeignOperationUrl' });
    expect(JSON.stringify(read)).not.toContain('evil');
    expect(requests).toEqual([]);
  });
});
