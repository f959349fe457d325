'use strict';
const df = require('durable-functions');

/** How often each piece of work ran, by key; read through the HTTP function `runs`. */
const runs = new Map();
exports.runs = runs;

const count = (key) => {
  const times = (runs.get(key) ?? 0) + 1;
  runs.set(key, times);
  return times;
};

df.app.activity('shout', { handler: (word) => `${word}!` });
df.app.activity('double', { handler: ({ key, value }) => (count(key), value * 2) });
df.app.activity('describe', { handler: (value) => `${typeof value} ${JSON.stringify(value)}` });
df.app.activity('nothing', { handler: () => undefined });
df.app.activity('refuse', {
  handler: (what) => {
    throw new RangeError(`no ${what}`);
  },
});
df.app.activity('stumble', {
  handler: ({ key, times }) => {
    const attempt = count(key);
    if (attempt <= times) throw new Error(`attempt ${attempt}`);
    return attempt;
  },
});
df.app.activity('slow', {
  handler: async ({ key, ms }) => {
    count(key);
    await new Promise((resolve) => setTimeout(resolve, ms));
    return 'slow';
  },
});

df.app.activity('overQuota', {
  handler: () => {
    throw Object.assign(new RangeError('quota'), { code: 42 });
  },
});
df.app.setExceptionPropertiesProvider({
  getExceptionProperties: (error) => (error.code === undefined ? undefined : { code: error.code }),
});
