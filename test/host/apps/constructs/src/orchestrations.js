'use strict';
const df = require('durable-functions');

const inMs = (context, ms) => new Date(context.df.currentUtcDateTime.getTime() + ms);
const firstLine = (error) => error.message.split('\n')[0];

df.app.orchestration('sequence', function* (context) {
  const first = yield context.df.callActivity('shout', 'one');
  return yield context.df.callActivity('shout', first);
});

df.app.orchestration('fan', function* (context) {
  const key = context.df.instanceId;
  const tasks = [1, 2, 3, 4, 5].map((value) => context.df.callActivity('double', { key, value }));
  return yield context.df.Task.all(tasks);
});

df.app.orchestration('values', function* (context) {
  const seen = [];
  for (const value of ['text', '7', 7, 1.5, false, null, undefined, { a: [1] }, [true]]) {
    seen.push(yield context.df.callActivity('describe', value));
  }
  seen.push((yield context.df.callActivity('nothing')) ?? 'nullish');
  return seen;
});

df.app.orchestration('pause', function* (context) {
  const before = context.df.currentUtcDateTime.getTime();
  yield context.df.createTimer(inMs(context, context.df.getInput()));
  return context.df.currentUtcDateTime.getTime() > before;
});

df.app.orchestration('raceWon', function* (context) {
  const deadline = context.df.createTimer(inMs(context, 3_600_000));
  const work = context.df.callActivity('shout', 'fast');
  const winner = yield context.df.Task.any([work, deadline]);
  if (winner === work) deadline.cancel();
  return work.result;
});

df.app.orchestration('raceLost', function* (context) {
  const deadline = context.df.createTimer(inMs(context, 200));
  const answer = context.df.waitForExternalEvent('answer');
  const winner = yield context.df.Task.any([answer, deadline]);
  return winner === deadline ? 'too late' : answer.result;
});

df.app.orchestration('raceOpen', function* (context) {
  const deadline = context.df.createTimer(inMs(context, 3_600_000));
  const work = context.df.callActivity('shout', 'fast');
  yield context.df.Task.any([work, deadline]);
  return 'returned at once';
});

df.app.orchestration('approval', function* (context) {
  const decision = yield context.df.waitForExternalEvent('decision');
  return decision.approved ? `approved by ${decision.by}` : 'rejected';
});

df.app.orchestration('inOrder', function* (context) {
  const seen = [];
  for (let index = 0; index < 3; index += 1) seen.push(yield context.df.waitForExternalEvent('item'));
  return seen;
});

df.app.orchestration('twoWaits', function* (context) {
  const waits = [context.df.waitForExternalEvent('item'), context.df.waitForExternalEvent('item')];
  return yield context.df.Task.all(waits);
});

df.app.orchestration('retried', function* (context) {
  const options = new df.RetryOptions(100, 3);
  const { times } = context.df.getInput();
  return yield context.df.callActivityWithRetry('stumble', options, { key: context.df.instanceId, times });
});

df.app.orchestration('gaveUp', function* (context) {
  const options = new df.RetryOptions(50, 3);
  options.backoffCoefficient = 2;
  try {
    return yield context.df.callActivityWithRetry('stumble', options, {
      key: context.df.instanceId,
      times: 9,
    });
  } catch (error) {
    return firstLine(error);
  }
});

df.app.orchestration('caught', function* (context) {
  try {
    return yield context.df.callActivity('refuse', 'way');
  } catch (error) {
    return firstLine(error);
  }
});

df.app.orchestration('broken', function* (context) {
  yield context.df.callActivity('shout', 'before');
  throw new TypeError('cannot go on');
});

df.app.orchestration('greet', function* (context) {
  const { name } = context.df.getInput();
  const text = yield context.df.callActivity('shout', name);
  return { text, parent: context.df.parentInstanceId };
});

df.app.orchestration('family', function* (context) {
  const own = `${context.df.instanceId}-child`;
  const [first, second] = yield context.df.Task.all([
    context.df.callSubOrchestrator('greet', { name: 'a' }),
    context.df.callSubOrchestrator('greet', { name: 'b' }, own),
  ]);
  return [first.text, second.text, first.parent === context.df.instanceId];
});

df.app.orchestration('badChild', function* (context) {
  try {
    return yield context.df.callSubOrchestrator('broken');
  } catch (error) {
    return firstLine(error);
  }
});

df.app.orchestration('generations', function* (context) {
  const { left, sum } = context.df.getInput();
  const added = yield context.df.callActivity('double', { key: 'generations', value: left });
  if (left > 0) {
    context.df.continueAsNew({ left: left - 1, sum: sum + added });
    return;
  }
  return sum;
});

df.app.orchestration('reports', function* (context) {
  context.df.setCustomStatus({ step: 1 });
  yield context.df.waitForExternalEvent('next');
  context.df.setCustomStatus('step two');
  yield context.df.waitForExternalEvent('next');
  context.df.setCustomStatus(null);
  yield context.df.waitForExternalEvent('next');
  return 'reported';
});

df.app.orchestration('clockwork', function* (context) {
  const guid = context.df.newGuid('seed');
  const now = context.df.currentUtcDateTime.getTime();
  yield context.df.callActivity('nothing');
  return [guid === context.df.newGuid('seed'), now <= context.df.currentUtcDateTime.getTime(), guid.length];
});

df.app.orchestration('anyCase', function* (context) {
  const text = yield context.df.callActivity('SHOUT', 'case');
  const child = yield context.df.callSubOrchestrator('GREET', { name: text });
  return child.text;
});

df.app.orchestration('nested', function* (context) {
  const pair = context.df.Task.all([
    context.df.callActivity('shout', 'x'),
    context.df.callActivity('shout', 'y'),
  ]);
  const deadline = context.df.createTimer(inMs(context, 60_000));
  const winner = yield context.df.Task.any([pair, deadline]);
  deadline.cancel();
  return winner.result;
});

df.app.orchestration('napping', function* (context) {
  return yield context.df.callActivity('slow', { key: context.df.instanceId, ms: context.df.getInput() });
});

df.app.orchestration('fetching', function* (context) {
  try {
    const answer = yield context.df.callHttp(context.df.getInput());
    return [answer.statusCode, answer.content];
  } catch (error) {
    return firstLine(error);
  }
});

df.app.orchestration('structured', function* (context) {
  try {
    return yield context.df.callActivity('overQuota');
  } catch (error) {
    const { errorType, errorMessage, properties } = error.failureDetails;
    return [error.name, errorType, errorMessage, properties.code];
  }
});

df.app.orchestration('structuredUncaught', function* (context) {
  yield context.df.callActivity('overQuota');
});

df.app.orchestration('structuredChild', function* (context) {
  try {
    return yield context.df.callSubOrchestrator('structuredUncaught');
  } catch (error) {
    const { errorType, errorMessage, properties } = error.failureDetails;
    return [error.name, errorType, errorMessage, properties.code];
  }
});
