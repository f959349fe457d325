import { describe, expect, it } from 'vitest';
import { createFunctionApp } from '../../local/host/worker/app/function-app.ts';
import { invokeFunction } from '../../local/host/worker/core/invoke.ts';
import { createRegistry } from '../../local/host/worker/core/registry.ts';
import { resultText } from '../../local/host/worker/core/typed-data.ts';
import type { CoreContext, HookCallback, ProgrammingModel } from '../../local/host/worker/core/types.ts';

interface CoreModule {
  registerFunction(metadata: object, callback: (...args: unknown[]) => unknown): { dispose(): void };
  registerHook(name: string, callback: HookCallback): { dispose(): void };
  setProgrammingModel(model: ProgrammingModel): void;
}

function install() {
  const registry = createRegistry();
  const core = registry.coreModule as CoreModule;
  return { registry, core };
}

/** Counts what it is asked in; the arguments of a function are the text of its trigger. */
function model(states: (string | undefined)[]): ProgrammingModel {
  return {
    name: 'test',
    version: '1',
    getCapabilities: async (capabilities) => capabilities,
    getInvocationModel: (context: CoreContext) => ({
      getArguments: async () => ({ context, inputs: ['given'] }),
      invokeFunction: async (_context, inputs, callback) => {
        states.push(context.state);
        return callback(...inputs);
      },
      getResponse: async (_context, result) => ({ returnValue: { string: String(result) } }),
    }),
  };
}

/** durable-host.md 1.2. */
describe('the core module', () => {
  const timer = { timer: { type: 'timerTrigger', direction: 'in' } };

  it('refuses a name twice, a function after start-up and an unknown hook, as errors of the system', () => {
    const { registry, core } = install();
    core.registerFunction({ name: 'once', bindings: timer }, () => 1);
    const system = expect.objectContaining({ isAzureFunctionsSystemError: true }) as Error;
    const thrown = (act: () => void): unknown => {
      try {
        act();
      } catch (error) {
        return error;
      }
      return undefined;
    };
    expect(thrown(() => core.registerFunction({ name: 'once', bindings: timer }, () => 1))).toEqual(system);
    expect(thrown(() => core.registerHook('never', () => 1))).toBeInstanceOf(RangeError);
    registry.lock();
    expect(thrown(() => core.registerFunction({ name: 'late', bindings: timer }, () => 1))).toEqual(system);
  });

  it('runs hooks around a function; they may replace its inputs, the function and its result', async () => {
    const { registry, core } = install();
    const states: (string | undefined)[] = [];
    core.setProgrammingModel(model(states));
    core.registerFunction({ name: 'shout', bindings: timer }, (text) => `${String(text)}!`);
    core.registerHook('preInvocation', (context) => {
      const hook = context as { inputs: unknown[]; hookData: Record<string, unknown> };
      hook.inputs = ['replaced'];
      hook.hookData['seen'] = true;
    });
    core.registerHook('postInvocation', (context) => {
      const hook = context as { result: unknown; hookData: Record<string, unknown> };
      hook.result = `${String(hook.result)} ${String(hook.hookData['seen'])}`;
    });
    const [shout] = registry.functions;
    if (shout === undefined) throw new Error('nothing is registered');
    const response = await invokeFunction(registry, shout, { inputData: [] }, { id: 'id' });
    expect(response.returnValue).toEqual({ string: 'replaced! true' });
    expect(states).toEqual(['invocation']);
  });

  it('starts and stops an app with its hooks, starting it once', async () => {
    const { registry, core } = install();
    const seen: string[] = [];
    for (const name of ['appStart', 'appTerminate']) core.registerHook(name, () => seen.push(name));
    core.setProgrammingModel(model([]));
    const app = createFunctionApp(registry);
    await Promise.all([app.start(), app.start()]);
    await app.stop();
    expect(seen).toEqual(['appStart', 'appTerminate']);
  });
});

/** durable-host.md 1.3 and golden 2.2. */
it.each([
  [{ string: 'text' }, '"text"'],
  [{ json: '{"a":1}' }, '{"a":1}'],
  [{ json: 'null' }, null],
  [{ int: 7 }, '7'],
  [{ double: 0.5 }, '0.5'],
  [{ bytes: Buffer.from('hi') }, '"aGk="'],
  [null, null],
])('a result %j is stored as %s', (value, text) => {
  expect(resultText(value)).toBe(text);
});
