'use strict';
const df = require('durable-functions');

df.app.entity('counter', (context) => {
  const value = context.df.getState(() => 0);
  switch (context.df.operationName) {
    case 'add':
      context.df.setState(value + context.df.getInput());
      context.df.return(value + context.df.getInput());
      break;
    case 'get':
      context.df.return(value);
      break;
    case 'passOn':
      context.df.signalEntity(new df.EntityId('counter', context.df.getInput()), 'add', 10);
      break;
    case 'spoil':
      context.df.setState(-1);
      throw new Error('spoilt');
    case 'forget':
      context.df.destructOnExit();
      break;
  }
});

const counter = (key) => new df.EntityId('counter', key);

df.app.orchestration('counting', function* (context) {
  const id = counter(context.df.instanceId);
  const first = yield context.df.callEntity(id, 'add', 5);
  context.df.signalEntity(id, 'add', 3);
  return [first, yield context.df.callEntity(id, 'get')];
});

df.app.orchestration('countingTogether', function* (context) {
  const id = counter(context.df.instanceId);
  const adds = [1, 2, 3, 4, 5].map((value) => context.df.callEntity(id, 'add', value));
  yield context.df.Task.all(adds);
  return yield context.df.callEntity(id, 'get');
});

df.app.orchestration('spoiling', function* (context) {
  const id = counter(context.df.instanceId);
  try {
    yield context.df.callEntity(id, 'spoil');
    return 'no error';
  } catch (error) {
    return [error.message, yield context.df.callEntity(id, 'get')];
  }
});

df.app.orchestration('forgetting', function* (context) {
  const id = counter(context.df.instanceId);
  yield context.df.callEntity(id, 'add', 5);
  yield context.df.callEntity(id, 'forget');
  return yield context.df.callEntity(id, 'get');
});

df.app.orchestration('passingOn', function* (context) {
  const other = `${context.df.instanceId}-other`;
  yield context.df.callEntity(counter(context.df.instanceId), 'passOn', other);
  for (let turn = 0; turn < 50; turn += 1) {
    const value = yield context.df.callEntity(counter(other), 'get');
    if (value > 0) return value;
  }
  return 'never';
});

/** Reads, waits and writes: without the lock parallel runs would lose updates. */
df.app.orchestration('careful', function* (context) {
  const { keys } = context.df.getInput();
  const ids = keys.map(counter);
  const lock = yield context.df.lock(...ids);
  const before = yield context.df.callEntity(ids[0], 'get');
  yield context.df.callActivity('slow', { key: 'careful', ms: 5 });
  yield context.df.callEntity(ids[0], 'add', 1);
  const after = yield context.df.callEntity(ids[0], 'get');
  const held = context.df.isLocked();
  lock.release();
  return [after - before, held.isLocked, context.df.isLocked().isLocked];
});

/** Ends without giving the lock back; the host does it. */
df.app.orchestration('careless', function* (context) {
  yield context.df.lock(counter(context.df.getInput().key));
  return 'kept';
});
