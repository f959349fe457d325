import { describe, expect, it, test } from 'vitest';
import { createCompute } from '../../src/azure/arm.ts';
import type { Compute } from '../../src/azure/port.ts';
import { CLOUD_NAMES, CLOUDS } from '../../src/azure/cloud.ts';
import { createFetchClient } from '../lab/fetch-client.ts';

const ADDRESS = {
  subscriptionId: '00000000-0000-4000-8000-000000000001',
  resourceGroup: 'rollout',
  name: 'web',
};
const TOKEN = 'token-of-the-identity';
const MODEL = { properties: {}, etag: '"1"' };

/** Where an answer might lead our token; each is near to the service in another way. */
const FOREIGN = [
  'https://evil.example/subscriptions/x',
  'https://management.azure.com.evil.example/x',
  'https://evil.example/management.azure.com/x',
  'https://management.azure.com@evil.example/x',
  'https://user:pass@management.azure.com/x',
  'https://management-azure.com/x',
  'https://management.azure.com:8443/x',
  'http://management.azure.com/x',
  '//evil.example/x',
  'https:\\\\evil.example\\x',
  'https://management.azure.com\\@evil.example/x',
  'https://xn--mnagement-q4a.azure.com/x',
  'https://management.azure.com%2eevil.example/x',
  'https://MANAGEMENT.AZURE.COM.EVIL.EXAMPLE/x',
  'http://169.254.169.254/metadata/identity/oauth2/token',
  'http://127.0.0.1:10000/x',
  'http://[::ffff:169.254.169.254]/x',
  'http://2852039166/metadata',
  'https://management.chinacloudapi.cn/x',
  'https://graph.microsoft.com/v1.0/me',
  'ftp://management.azure.com/x',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:application/json,{"value":[]}',
  '/subscriptions/x',
];

interface Sent {
  readonly host: string;
  readonly hasToken: boolean;
}

/** The adapter before a service that answers everything with this. */
function before(answer: (request: Request) => Response): {
  readonly compute: Compute;
  readonly sent: Sent[];
} {
  const sent: Sent[] = [];
  const httpClient = createFetchClient((request) => {
    const authorization = request.headers.get('authorization') ?? '';
    sent.push({ host: new URL(request.url).host, hasToken: authorization.includes(TOKEN) });
    return answer(request);
  });
  const getToken = () => Promise.resolve({ token: TOKEN, expiresOnTimestamp: Date.now() + 3_600_000 });
  return {
    compute: createCompute({
      endpoint: 'https://management.azure.com',
      credential: { getToken },
      httpClient,
    }),
    sent,
  };
}

/** Requests that left for another host; the token among them or not. */
const strays = (sent: readonly Sent[]): readonly Sent[] =>
  sent.filter(({ host }) => host !== 'management.azure.com');

it(`knows ${FOREIGN.length} targets`, () => expect(FOREIGN.length).toBeGreaterThanOrEqual(20));

describe.each(FOREIGN)('an answer that leads to %s', (target) => {
  test('as the next page of a list is refused', async () => {
    const { compute, sent } = before(() => Response.json({ value: [], nextLink: target }));
    for (const list of [
      () => compute.instances(ADDRESS),
      () => compute.scaleSets(ADDRESS.subscriptionId),
      () => compute.subscriptions(),
    ]) {
      expect(await list()).toMatchObject({ kind: 'refused', code: 'ForeignNextLink' });
    }
    expect(strays(sent)).toEqual([]);
    expect(sent.map(({ hasToken }) => hasToken)).toEqual([true, true, true]);
  });

  test('as the address of an operation is refused when it is asked', async () => {
    const { compute, sent } = before(() => Response.json({ status: 'Succeeded' }));
    expect(await compute.operation(ADDRESS.subscriptionId, target)).toMatchObject({ kind: 'refused' });
    expect(sent).toEqual([]);
  });

  test.each(['azure-asyncoperation', 'location'])(
    'in %s of an accepted write is not asked',
    async (header) => {
      const headers = new Map([[header, target]]);
      const { compute, sent } = before(() => new Response(null, { status: 202, headers: [...headers] }));
      const writes = compute.writing({ lookedAt: Date.now() });
      const write = await writes.act(ADDRESS, 'upgrade', ['0']);
      const pollUrl = write.kind === 'accepted' ? write.pollUrl : undefined;
      if (pollUrl !== undefined) {
        expect(await compute.operation(ADDRESS.subscriptionId, pollUrl)).toMatchObject({ kind: 'refused' });
      }
      expect(strays(sent)).toEqual([]);
    },
  );

  test.each([301, 302, 307, 308])('by a redirection %i is not followed', async (status) => {
    const { compute, sent } = before(() => new Response(null, { status, headers: { location: target } }));
    expect((await compute.scaleSet(ADDRESS)).kind).not.toBe('ok');
    expect(sent).toHaveLength(1);
    expect(strays(sent)).toEqual([]);
  });
});

it('follows a page of the service itself', async () => {
  const next = 'https://management.azure.com/subscriptions?api-version=2022-12-01&$skiptoken=x';
  const { compute, sent } = before(({ url }) =>
    Response.json({ value: [], ...(url.includes('skiptoken') ? {} : { nextLink: next }) }),
  );
  expect(await compute.subscriptions()).toEqual({ kind: 'ok', value: [] });
  expect(sent).toHaveLength(2);
});

it.each(CLOUD_NAMES)('in the cloud %s sends a token for that cloud, and to it alone', async (name) => {
  const { arm } = CLOUDS[name];
  const asked: unknown[] = [];
  const hosts: string[] = [];
  const compute = createCompute({
    endpoint: arm,
    credential: {
      getToken: (scopes) => {
        asked.push(scopes);
        return Promise.resolve({ token: TOKEN, expiresOnTimestamp: Date.now() + 3_600_000 });
      },
    },
    httpClient: createFetchClient(({ url }) => {
      hosts.push(new URL(url).origin);
      return Response.json(MODEL);
    }),
  });
  expect(await compute.scaleSet(ADDRESS)).toMatchObject({ kind: 'ok' });
  expect(hosts).toEqual([arm]);
  expect([asked].flat(2)).toEqual([`${arm}/.default`]);
  const elsewhere = CLOUD_NAMES.find((other) => other !== name) ?? 'public';
  expect(await compute.operation(ADDRESS.subscriptionId, `${CLOUDS[elsewhere].arm}/x`)).toMatchObject({
    kind: 'refused',
  });
});

it('tells a caller nothing of what a credential says when it fails', async () => {
  const words = 'ManagedIdentityCredential: AADSTS700016 tenant 1234 http://169.254.169.254 secret=hunter2';
  const failing = {
    getToken: () => Promise.reject(Object.assign(new Error(words), { name: 'AuthenticationError' })),
  };
  const compute = createCompute({
    endpoint: 'https://management.azure.com',
    credential: failing,
    httpClient: createFetchClient(() => Response.json(MODEL)),
  });
  const read = await compute.scaleSet(ADDRESS);
  const listed = await compute.scaleSets(ADDRESS.subscriptionId);
  for (const one of [read, listed]) {
    expect(one.kind).toBe('unreachable');
    expect(JSON.stringify(one)).not.toMatch(/AADSTS|169\.254|hunter2|Credential/);
    expect(JSON.stringify(one)).toContain('token');
  }
});
