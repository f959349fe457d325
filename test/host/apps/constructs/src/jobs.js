'use strict';
const { appendFileSync } = require('node:fs');
const df = require('durable-functions');

/** Executions leave a line in this file, because a killed process forgets what it counted. */
const noted = (line) => {
  const file = process.env.CONSTRUCTS_LOG;
  if (file !== undefined) appendFileSync(file, `${line}\n`);
};

df.app.activity('work', {
  handler: async ({ job, step }) => {
    noted(`${job} ${step}`);
    await new Promise((resolve) => setTimeout(resolve, step % 3));
    return job * 100 + step;
  },
});

/** Fans out, then has a child add up: 5 activities, a timer, a sub-orchestration with one more activity. */
df.app.orchestration('job', function* (context) {
  const { job } = context.df.getInput();
  const steps = [0, 1, 2, 3, 4].map((step) => context.df.callActivity('work', { job, step }));
  const values = yield context.df.Task.all(steps);
  yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 50));
  return yield context.df.callSubOrchestrator('sum', { job, values }, `${context.df.instanceId}-sum`);
});

df.app.orchestration('sum', function* (context) {
  const { job, values } = context.df.getInput();
  const last = yield context.df.callActivity('work', { job, step: 5 });
  return values.reduce((sum, value) => sum + value, last);
});
