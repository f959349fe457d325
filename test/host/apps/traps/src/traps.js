'use strict';
const df = require('durable-functions');

const inMs = (context, ms) => new Date(context.df.currentUtcDateTime.getTime() + ms);
const orchestration = (name, handler) => df.app.orchestration(name, handler);

df.app.activity('echo', { handler: (value) => value });
df.app.activity('dated', { handler: () => ({ at: new Date(0) }) });
df.app.activity('stumble', {
  handler: () => {
    throw new Error('again');
  },
});

orchestration('harmless', function* (context) {
  const deadline = context.df.createTimer(inMs(context, 60_000));
  const answer = context.df.waitForExternalEvent('answer');
  yield context.df.Task.any([answer, deadline]);
  return yield context.df.callActivity('echo', { deep: [true, null, 'text'] });
});

orchestration('reusedTask', function* (context) {
  const slow = context.df.waitForExternalEvent('never');
  const first = context.df.callActivity('echo', 1);
  yield context.df.Task.any([first, slow]);
  const second = context.df.callActivity('echo', 2);
  yield context.df.Task.any([second, slow]);
});

orchestration('numericEvent', function* (context) {
  yield context.df.waitForExternalEvent('0');
});

orchestration('mixedCase', function* (context) {
  yield context.df.waitForExternalEvent('Approval');
});

orchestration('openTimer', function* (context) {
  const deadline = context.df.createTimer(inMs(context, 60_000));
  yield context.df.Task.any([context.df.callActivity('echo', 1), deadline]);
});

orchestration('textAgain', function* (context) {
  if (context.df.getInput() === undefined) return;
  yield context.df.callActivity('echo', 1);
  if (context.df.getInput() === 'start') context.df.continueAsNew('text');
});

orchestration('longWay', function* (context) {
  for (let step = 0; step < 260; step += 1) yield context.df.callActivity('echo', step);
});

orchestration('heavy', function* (context) {
  yield context.df.callActivity('echo', 'x'.repeat(50_000));
});

orchestration('deadlined', function* (context) {
  const options = new df.RetryOptions(1000, 2);
  options.retryTimeoutInMilliseconds = 60_000;
  yield context.df.callActivityWithRetry('echo', options, 1);
});

orchestration('lossy', function* (context) {
  yield context.df.callActivity('dated');
});

orchestration('noInput', function* (context) {
  yield context.df.callActivity('echo', context.df.getInput());
});

orchestration('unknown', function* (context) {
  yield context.df.callSubOrchestrator('nobody');
});

orchestration('bareBoolean', function* (context) {
  yield context.df.callActivity('echo', true);
});

orchestration('throwsText', function* (context) {
  yield context.df.callActivity('echo', 1);
  throw 'just text';
});

orchestration('cancelled', function* (context) {
  const deadline = context.df.createTimer(inMs(context, 3_600_000));
  const retried = context.df.callActivityWithRetry('echo', new df.RetryOptions(1000, 3), 1);
  yield context.df.Task.any([retried, deadline]);
  deadline.cancel();
  yield context.df.callActivity('echo', 2);
});

orchestration('twoTimers', function* (context) {
  yield context.df.createTimer(inMs(context, 10 * 86_400_000));
  yield context.df.createTimer(inMs(context, 1000));
});

let turns = 0;
orchestration('changing', function* (context) {
  turns += 1;
  yield context.df.callActivity('echo', turns);
});
