import { describe, expect, it } from 'vitest';
import { createCompute } from '../../src/azure/arm.ts';
import { ADDRESS, PASS, SCALE_SET_URL, aCompute, json } from './fake-arm.ts';

const SECRET = 'the-access-token';

function aCredential(): { readonly scopes: string[]; getToken(scopes: string | string[]): Promise<object> } {
  const scopes: string[] = [];
  return {
    scopes,
    getToken: (asked) => {
      scopes.push(...[asked].flat());
      return Promise.resolve({ token: SECRET, expiresOnTimestamp: Date.now() + 3_600_000 });
    },
  };
}
const body = { etag: '"1"', properties: {} };

describe('the endpoint', () => {
  it.each([
    'http://management.azure.com',
    'http://10.0.0.4',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'ftp://127.0.0.1',
    'https://management.azure.com/path',
    'https://me:secret@management.azure.com',
    'management.azure.com',
  ])('is never %s', (endpoint) => {
    expect(() => createCompute({ endpoint, credential: aCredential() as never })).toThrow(TypeError);
  });

  it('needs a credential when it is not on this machine', () => {
    expect(() => createCompute({})).toThrow(/credential/u);
  });

  it.each(['http://127.0.0.1:8080', 'http://localhost:8080', 'http://[::1]:8080'])(
    'gets no credential when it is %s',
    async (endpoint) => {
      const credential = aCredential();
      const { compute, requests } = aCompute(() => json(body), { endpoint, credential: credential as never });
      expect((await compute.scaleSet(ADDRESS)).kind).toBe('ok');
      await compute.writing(PASS).patchModel(ADDRESS, {}, '"1"');
      await compute.writing(PASS).act(ADDRESS, 'upgrade', ['0']);
      expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual([null, null, null]);
      expect(credential.scopes).toEqual([]);
    },
  );

  it('gets a token of its own cloud over https, on every kind of request', async () => {
    const credential = aCredential();
    const endpoint = 'https://management.usgovcloudapi.net';
    const { compute, requests } = aCompute(() => json(body), { endpoint, credential: credential as never });
    await compute.scaleSet(ADDRESS);
    await compute.writing(PASS).patchModel(ADDRESS, {}, '"1"');
    await compute.writing(PASS).act(ADDRESS, 'upgrade', ['0']);
    await compute.operation(ADDRESS.subscriptionId, `${endpoint}/subscriptions/s/op`);
    expect(new Set(requests.map(({ headers }) => headers.get('authorization')))).toEqual(
      new Set([`Bearer ${SECRET}`]),
    );
    expect(requests).toHaveLength(4);
    expect(new Set(credential.scopes)).toEqual(new Set([`${endpoint}/.default`]));
  });

  it('is the public cloud by default, whose operations lie on the same host', async () => {
    const { compute, requests } = aCompute(() => json({ status: 'Succeeded' }), {
      endpoint: 'https://management.azure.com',
      credential: aCredential() as never,
    });
    const read = await compute.operation(
      ADDRESS.subscriptionId,
      'https://management.azure.com/subscriptions/s/op?s=x',
    );
    expect(read).toEqual({ kind: 'ok', value: { kind: 'succeeded' } });
    expect(await compute.operation(ADDRESS.subscriptionId, 'http://management.azure.com/op')).toMatchObject({
      code: 'ForeignOperationUrl',
    });
    expect(requests).toHaveLength(1);
  });

  it('is not reached without a token: a write was surely not sent, a read has no answer', async () => {
    const credential = { getToken: () => Promise.reject(new Error('no identity here')) };
    const { compute, requests } = aCompute(() => json(body), { endpoint: 'https://arm.example', credential });
    expect(await compute.writing(PASS).patchModel(ADDRESS, {}, '"1"')).toEqual({
      kind: 'denied',
      code: 'NoToken',
      message: 'Microsoft Entra issued no token for Azure Resource Manager',
    });
    expect(await compute.writing(PASS).act(ADDRESS, 'upgrade', ['0'])).toMatchObject({ kind: 'denied' });
    expect(await compute.scaleSet(ADDRESS)).toMatchObject({ kind: 'unreachable' });
    expect(requests).toEqual([]);
  });
});

it('shows no signed URL in any outcome of a lost poll', async () => {
  const { compute } = aCompute(() => Promise.reject(new Error('read ECONNRESET')));
  const read = await compute.operation(
    ADDRESS.subscriptionId,
    `${SCALE_SET_URL}/op?c=certificate&s=signature`,
  );
  expect(JSON.stringify(read)).not.toMatch(/signature|certificate/u);
});
