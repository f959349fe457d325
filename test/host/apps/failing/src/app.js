'use strict';
const df = require('durable-functions');

df.app.activity('pass', { handler: () => 'passed' });
df.app.activity('padded', {
  handler: () => {
    throw new Error('  padded ');
  },
});
df.app.activity('quota', {
  handler: () => {
    throw new RangeError('quota');
  },
});
df.app.setExceptionPropertiesProvider({
  getExceptionProperties: (error) => (error instanceof RangeError ? { code: 42 } : undefined),
});

df.app.orchestration('throwsText', function* () {
  throw 'text';
});
df.app.orchestration('throwsTextLater', function* (context) {
  yield context.df.callActivity('pass');
  throw 'text';
});
df.app.orchestration('throwsAfterNew', function* (context) {
  context.df.continueAsNew({ n: 1 });
  throw new Error('too late');
});
df.app.orchestration('fails', function* (context) {
  return yield context.df.callActivity('padded');
});
df.app.orchestration('letsThrough', function* (context) {
  return yield context.df.callSubOrchestrator('overQuota', null, `${context.df.instanceId}-child`);
});
df.app.orchestration('overQuota', function* (context) {
  return yield context.df.callActivity('quota');
});
df.app.orchestration('steps', function* (context) {
  yield context.df.callActivity('pass');
  yield context.df.callActivity('pass');
  return context.df.version;
});
