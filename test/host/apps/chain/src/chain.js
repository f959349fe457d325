'use strict';
const df = require('durable-functions');

df.app.activity('step', { handler: ({ step }) => ({ step, at: 'done' }) });

df.app.orchestration('chain', function* (context) {
  const { steps } = context.df.getInput();
  for (let step = 0; step < steps; step += 1) yield context.df.callActivity('step', { step });
  return steps;
});
