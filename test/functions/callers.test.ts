import { HttpRequest } from '@azure/functions';
import type { InvocationContext } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import { BOUND, theApp } from '../lab/bound-app.ts';
import { guarded } from '../../src/functions/callers.ts';
import type { Reach } from '../../src/functions/callers.ts';

/** What the app makes of a request, `reached` where its function would run. */
async function ask(
  reach: Reach,
  method: string,
  url: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const handler = guarded(reach, () => ({ status: 200, body: 'reached' }));
  const answer = await handler(new HttpRequest({ method, url, headers }), {} as InvocationContext);
  const { body } = answer as { readonly body: string };
  return body === 'reached' ? body : (JSON.parse(body) as { readonly code: string }).code;
}

describe("an app on a developer's machine", () => {
  it.each([
    ['http://127.0.0.1:7071/api/health', 'reached'],
    ['http://localhost/api/health', 'reached'],
    ['http://[::1]:7071/api/health', 'reached'],
    ['http://evil.example/api/health', 'foreignHost'],
    ['http://localhost.evil.example/api/health', 'foreignHost'],
    ['http://127.0.0.1.evil.example/api/health', 'foreignHost'],
    ['http://169.254.169.254/api/health', 'foreignHost'],
    ['http://[::ffff:127.0.0.1]/api/health', 'foreignHost'],
  ])('called as %s: %s', async (url, wanted) => {
    expect(await ask('loopback', 'GET', url)).toBe(wanted);
    expect(await ask('loopback', 'POST', url)).toBe(wanted);
    expect(await ask('anywhere', 'POST', url)).toBe('reached');
  });
});

const OWN = 'https://rollouts.example/api/rollouts';

describe.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s', (method) => {
  it.each<[string, Record<string, string>, string]>([
    ['no page at all', {}, 'reached'],
    ['a page of the app', { origin: 'https://rollouts.example' }, 'reached'],
    ['a page elsewhere', { origin: 'https://evil.example' }, 'foreignOrigin'],
    ['a page on another port', { origin: 'https://rollouts.example:444' }, 'foreignOrigin'],
    ['a page without an origin', { origin: 'null' }, 'foreignOrigin'],
    ['two origins', { origin: 'https://rollouts.example,https://evil.example' }, 'foreignOrigin'],
    [
      'a page of the app behind a proxy',
      { origin: 'https://a.example', 'sec-fetch-site': 'same-origin' },
      'reached',
    ],
    ['a browser for its user', { 'sec-fetch-site': 'none' }, 'reached'],
    ['a neighbour', { 'sec-fetch-site': 'same-site' }, 'foreignOrigin'],
    ['a stranger', { origin: 'https://rollouts.example', 'sec-fetch-site': 'cross-site' }, 'foreignOrigin'],
  ])('from %s', async (_what, headers, wanted) => {
    expect(await ask('anywhere', method, OWN, headers)).toBe(wanted);
  });
});

it.each(['GET', 'HEAD', 'OPTIONS'])('%s changes nothing, whoever sends it', async (method) => {
  expect(await ask('anywhere', method, OWN, { origin: 'https://evil.example' })).toBe('reached');
});

// Who is nobody is 401 on all of them whatever the keys (test/e2e/identity.test.ts).
it('wants a key besides, where that is asked for, of whoever does more than look at the health or at the page', async () => {
  const app = await theApp();
  expect(BOUND.keys).toBe('required');
  const levels = new Map<unknown, string[]>();
  for (const { name, trigger } of app.functions('httpTrigger')) {
    const level = trigger['authLevel'];
    levels.set(level, [...(levels.get(level) ?? []), name]);
  }
  expect(new Set(levels.get('anonymous'))).toEqual(new Set(['getHealth', 'getPage']));
  expect(new Set(levels.keys())).toEqual(new Set(['anonymous', 'function']));
});
