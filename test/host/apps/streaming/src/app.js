import { setTimeout as delay } from 'node:timers/promises';
import { app } from '@azure/functions';
import * as df from 'durable-functions';

app.setup({ enableHttpStream: true });

/** Top-level await: such a module can only be imported. */
await delay(1);

app.http('count', {
  methods: ['GET'],
  route: 'count/{to:int}',
  handler: (request) => {
    async function* numbers() {
      for (let number = 1; number <= Number(request.params.to); number += 1) {
        yield Buffer.from(`${number} `);
        await delay(20);
      }
    }
    return {
      status: 206,
      headers: { 'x-step': request.params.step ?? 'none' },
      body: numbers(),
    };
  },
});

app.http('upper', {
  methods: ['POST'],
  handler: async (request) => ({ body: (await request.text()).toUpperCase() }),
});

app.http('secret', { authLevel: 'function', handler: () => ({ body: 'for holders of a key' }) });
app.http('root', { authLevel: 'admin', handler: () => ({ body: 'for the master key' }) });

app.http('broken', {
  handler: () => {
    throw new Error('before any answer');
  },
});

app.http('hello', {
  handler: (_request, context) => {
    context.log('too unimportant');
    context.warn('important enough');
    return { body: 'hello' };
  },
});

df.app.activity('sleepy', { handler: () => delay(10_000) });
df.app.activity('quick', { handler: () => 'quick' });

df.app.orchestration('impatient', function* (context) {
  const first = yield context.df.callActivity('quick');
  try {
    return yield context.df.callActivity('sleepy');
  } catch (error) {
    return `${first}: ${error.message.split('\n')[0]}`;
  }
});
