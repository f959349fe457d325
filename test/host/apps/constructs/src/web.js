'use strict';
const { app } = require('@azure/functions');
const df = require('durable-functions');
const { runs } = require('./activities.js');

app.http('hello', {
  methods: ['GET'],
  route: 'hello/{name:alpha}/{times:int?}',
  handler: (request) => ({ jsonBody: { ...request.params, q: request.query.get('q') } }),
});

app.http('mirror', {
  methods: ['POST', 'PUT'],
  handler: async (request) => ({
    status: 201,
    body: `${request.method} ${await request.text()}`,
    headers: { 'x-mirrored': request.headers.get('x-mirror') ?? 'none' },
    cookies: [{ name: 'seen', value: 'yes', path: '/', httpOnly: true, sameSite: 'Lax' }],
  }),
});

app.http('runs', {
  methods: ['GET'],
  route: 'runs/{key}',
  handler: (request) => ({ jsonBody: runs.get(request.params.key) ?? 0 }),
});

app.http('explode', {
  methods: ['GET'],
  handler: () => {
    throw new Error('with a secret');
  },
});

app.http('silent', { methods: ['GET'], handler: () => undefined });

app.http('begin', {
  methods: ['POST'],
  route: 'begin/{orchestration}',
  extraInputs: [df.input.durableClient()],
  handler: async (request, context) => {
    const client = df.getClient(context);
    const text = await request.text();
    const input = text === '' ? undefined : JSON.parse(text);
    const id = await client.startNew(request.params.orchestration, {
      instanceId: request.query.get('id') ?? undefined,
      input,
    });
    return client.createCheckStatusResponse(request, id);
  },
});

app.timer('heartbeat', {
  schedule: '0 0 3 * * *',
  runOnStartup: true,
  handler: (timer) => {
    runs.set('heartbeat', (runs.get('heartbeat') ?? 0) + 1);
    runs.set('heartbeatPastDue', timer.isPastDue ? 1 : 0);
  },
});
