/** One construct of the foreign app: what to start, what to do meanwhile, and how it must end. */
export interface ConstructCase {
  readonly orchestration: string;
  readonly input?: unknown;
  readonly during?: (hub: TestHub, id: string) => Promise<void>;
  readonly status: 'Completed' | 'Failed' | 'Terminated';
  readonly output: unknown;
}

/** The same operations over HTTP against a child process and in process against a virtual host. */
export interface TestHub {
  start(orchestration: string, id: string, input: unknown): Promise<void>;
  raise(id: string, event: string, data: unknown): Promise<void>;
  operate(id: string, operation: 'terminate' | 'suspend' | 'resume', reason: string): Promise<void>;
  status(id: string): Promise<TestStatus>;
  /** Lets the hub work until the instance looks like this. */
  until(id: string, looks: (status: TestStatus) => boolean): Promise<TestStatus>;
}

export interface TestStatus {
  readonly runtimeStatus: string;
  readonly output: unknown;
  readonly customStatus: unknown;
}

const isRunning = (status: TestStatus): boolean => status.runtimeStatus === 'Running';

const raised =
  (...events: readonly (readonly [string, unknown])[]) =>
  async (hub: TestHub, id: string): Promise<void> => {
    await hub.until(id, isRunning);
    for (const [name, data] of events) await hub.raise(id, name, data);
  };

/** Expected values are worked out by hand from the app's source and durable-host.md 3 and 4. */
export const CONSTRUCTS: readonly ConstructCase[] = [
  { orchestration: 'sequence', status: 'Completed', output: 'one!!' },
  { orchestration: 'fan', status: 'Completed', output: [2, 4, 6, 8, 10] },
  {
    orchestration: 'values',
    status: 'Completed',
    output: [
      'string "text"',
      'string "7"',
      'number 7',
      'number 1.5',
      'string "False"',
      'undefined undefined',
      'undefined undefined',
      'object {"a":[1]}',
      'object [true]',
      'nullish',
    ],
  },
  { orchestration: 'pause', input: 150, status: 'Completed', output: true },
  { orchestration: 'raceWon', status: 'Completed', output: 'fast!' },
  { orchestration: 'raceLost', status: 'Completed', output: 'too late' },
  {
    orchestration: 'approval',
    during: raised(['decision', { approved: true, by: 'ann' }]),
    status: 'Completed',
    output: 'approved by ann',
  },
  {
    orchestration: 'inOrder',
    during: raised(['item', 1], ['item', 'two'], ['item', null]),
    status: 'Completed',
    output: [1, 'two', null],
  },
  {
    orchestration: 'twoWaits',
    during: raised(['item', 1], ['item', 2]),
    status: 'Completed',
    output: [2, 1],
  },
  { orchestration: 'retried', input: { times: 2 }, status: 'Completed', output: 3 },
  { orchestration: 'gaveUp', status: 'Completed', output: "Activity function 'stumble' failed: attempt 3 " },
  { orchestration: 'caught', status: 'Completed', output: "Activity function 'refuse' failed: no way " },
  {
    orchestration: 'broken',
    status: 'Failed',
    output: "Orchestrator function 'broken' failed: cannot go on",
  },
  { orchestration: 'family', status: 'Completed', output: ['a!', 'b!', true] },
  {
    orchestration: 'badChild',
    status: 'Completed',
    output: "Orchestrator function 'broken' failed: cannot go on ",
  },
  { orchestration: 'generations', input: { left: 4, sum: 0 }, status: 'Completed', output: 20 },
  {
    orchestration: 'reports',
    status: 'Completed',
    output: 'reported',
    during: async (hub, id) => {
      const shows = (expected: string) => (status: TestStatus) =>
        JSON.stringify(status.customStatus) === expected;
      for (const expected of ['{"step":1}', '"step two"', 'null']) {
        await hub.until(id, (status) => isRunning(status) && shows(expected)(status));
        await hub.raise(id, 'next', null);
      }
    },
  },
  { orchestration: 'clockwork', status: 'Completed', output: [false, true, 36] },
  { orchestration: 'anyCase', status: 'Completed', output: 'case!!' },
  { orchestration: 'nested', status: 'Completed', output: ['x!', 'y!'] },
  { orchestration: 'counting', status: 'Completed', output: [5, 8] },
  { orchestration: 'countingTogether', status: 'Completed', output: 15 },
  { orchestration: 'spoiling', status: 'Completed', output: ['[object Object]', -1] },
  { orchestration: 'forgetting', status: 'Completed', output: 0 },
  { orchestration: 'passingOn', status: 'Completed', output: 10 },
  {
    orchestration: 'careful',
    input: { keys: ['b', 'a', 'b'] },
    status: 'Completed',
    output: [1, true, false],
  },
  { orchestration: 'careless', input: { key: 'kept' }, status: 'Completed', output: 'kept' },
  {
    orchestration: 'structured',
    status: 'Completed',
    output: ['TaskFailedError', 'RangeError', 'quota', 42],
  },
  {
    orchestration: 'structuredChild',
    status: 'Completed',
    output: ['TaskFailedError', 'RangeError', 'quota', 42],
  },
  { orchestration: 'napping', input: 20, status: 'Completed', output: 'slow' },
  {
    orchestration: 'approval',
    status: 'Completed',
    output: 'rejected',
    during: async (hub, id) => {
      await hub.until(id, isRunning);
      await hub.operate(id, 'suspend', 'wait');
      await hub.until(id, (status) => status.runtimeStatus === 'Suspended' && status.output === 'wait');
      await hub.raise(id, 'decision', { approved: false });
      await hub.operate(id, 'resume', 'go');
    },
  },
  {
    orchestration: 'approval',
    status: 'Terminated',
    output: 'no longer needed',
    during: async (hub, id) => {
      await hub.until(id, isRunning);
      await hub.operate(id, 'terminate', 'no longer needed');
    },
  },
];
