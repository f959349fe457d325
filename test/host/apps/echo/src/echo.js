'use strict';
const { app } = require('@azure/functions');

/** Tells what arrived of a request, as the library shows it to a function. */
const echo = (name) => async (request) => ({
  jsonBody: {
    name,
    method: request.method,
    url: request.url,
    params: request.params,
    query: [...request.query],
    headers: Object.fromEntries(request.headers),
    body: await request.text(),
  },
});

const route = (name, path) =>
  app.http(name, {
    methods: ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'],
    route: path,
    handler: echo(name),
  });

route('list', 'rollouts');
route('one', 'rollouts/{id}');
route('plan', 'rollouts/{id}/plan');
app.http('keyed', { authLevel: 'function', handler: echo('keyed') });
app.timer('nightly', { schedule: '0 0 3 * * *', handler: () => undefined });
