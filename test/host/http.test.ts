import { describe, expect, it } from 'vitest';
import { createVirtualHost } from '../../local/host/drivers/virtual.ts';
import { parseRoute } from '../../local/host/http/web/routes.ts';
import { constructsApp } from './support/constructs-app.ts';

const START = new Date('2026-03-01T12:00:00Z');

async function ask(path: string, init?: RequestInit): Promise<Response> {
  await using host = createVirtualHost({ app: await constructsApp(), startAt: START });
  return host.request(new Request(`http://localhost${path}`, init));
}

/** durable-host.md 7, buffered mode. */
describe('an HTTP function', () => {
  it('gets its route parameters and its query, whatever the case of the path', async () => {
    const response = await ask('/V1/HELLO/Ann/3?q=why');
    expect(await response.json()).toEqual({ name: 'Ann', times: '3', q: 'why' });
  });

  it.each([
    ['/v1/hello/Ann', 'GET', 200],
    ['/v1/hello/4nn', 'GET', 404],
    ['/v1/hello/Ann/many', 'GET', 404],
    ['/v1/hello/Ann', 'POST', 404],
    ['/api/hello/Ann', 'GET', 404],
    ['/v1/silent', 'GET', 204],
    ['/v1/explode', 'GET', 500],
  ])('%s by %s answers %i', async (path, method, status) => {
    expect((await ask(path, { method })).status).toBe(status);
  });

  it('round-trips body, headers and cookies', async () => {
    const response = await ask('/v1/mirror', { method: 'PUT', body: 'grün', headers: { 'x-mirror': 'me' } });
    expect(response.status).toBe(201);
    expect(await response.text()).toBe('PUT grün');
    expect(response.headers.get('x-mirrored')).toBe('me');
    expect(response.headers.getSetCookie()).toEqual(['seen=yes; Path=/; HttpOnly; SameSite=Lax']);
  });
});

/** durable-host.md 7; the precedence of routes is inferred there. */
describe('a route', () => {
  const match = (template: string, path: string) => parseRoute(template, ['get']).match(path.split('/'));

  it.each([
    ['a/{x}', 'a/b%20c', { x: 'b c' }],
    ['a/{x?}', 'a', {}],
    ['a/{x=5}', 'a', { x: '5' }],
    ['{*rest}', 'a/b/c', { rest: 'a/b/c' }],
    ['{x:range(2,4)}', '3', { x: '3' }],
    ['{x:range(2,4)}', '5', undefined],
    ['{x:guid}', 'no', undefined],
    ['a/b', 'a/b/c', undefined],
  ])('%s with %s', (template, path, values) => {
    expect(match(template, path)).toEqual(values);
  });

  it('that says more goes first', () => {
    const order = ['{*rest}', '{x}', 'b', '{x:int}'].toSorted((a, b) =>
      parseRoute(a, []).precedence < parseRoute(b, []).precedence ? -1 : 1,
    );
    expect(order).toEqual(['b', '{x:int}', '{x}', '{*rest}']);
  });
});
