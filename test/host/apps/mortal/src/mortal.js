'use strict';
const { app } = require('@azure/functions');
const df = require('durable-functions');

/** A worker's memory: the next one begins anew. */
let lives = 0;

const ENDS = {
  exit: () => process.exit(137),
  thrown: () => {
    setTimeout(() => {
      throw new Error('nobody catches this');
    }, 0);
    return new Promise(() => undefined);
  },
  rejected: () => {
    void Promise.reject(new Error('nor this'));
    return new Promise(() => undefined);
  },
};

app.http('lives', {
  methods: ['GET'],
  handler: () => {
    lives += 1;
    return { body: String(lives) };
  },
});

app.http('die', {
  methods: ['GET'],
  route: 'die/{how}',
  handler: (request) => ENDS[request.params.how](),
});

df.app.activity('mortal', { handler: (how) => (lives === 0 ? 'alive' : ENDS[how]()) });

df.app.orchestration('once', function* (context) {
  return yield context.df.callActivity('mortal', context.df.getInput());
});

df.app.orchestration('again', function* (context) {
  const options = new df.RetryOptions(1000, 2);
  return yield context.df.callActivityWithRetry('mortal', options, context.df.getInput());
});

df.app.orchestration('dead', function* () {
  process.exit(137);
});
