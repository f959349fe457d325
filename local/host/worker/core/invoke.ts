import type { RegisteredFunction, Registry } from './registry.ts';
import { look } from './seen.ts';
import type { CoreContext, FunctionCallback, InvocationRequest, InvocationResponse } from './types.ts';

/**
 * Runs one function the way the worker does: hooks around it, the library's own model in between
 * (durable-host.md 1.2). Rejects with whatever the function or a hook threw. A `value` goes to the function in place of
 * what the library reads from the data of its trigger; then its result is not made into data either.
 */
export async function invokeFunction(
  registry: Registry,
  fn: RegisteredFunction,
  request: InvocationRequest,
  { id: invocationId, value }: { readonly id: string; readonly value?: unknown },
): Promise<InvocationResponse> {
  const { model } = registry;
  if (model === undefined) throw new Error('The app registered no function through @azure/functions.');
  const coreContext: CoreContext = {
    invocationId,
    request: {
      ...request,
      invocationId,
      functionId: fn.metadata.name,
      traceContext: null,
      retryContext: null,
    },
    metadata: { ...fn.metadata, functionId: fn.metadata.name },
    log: (level, _category, message) => registry.log.sink(level, message),
  };
  const invocation = model.getInvocationModel(coreContext);
  const { context, inputs } = await invocation.getArguments();
  if (value !== undefined) inputs[0] = value;

  const hookData = {};
  const before = { hookData, invocationContext: context, inputs, functionCallback: fn.callback };
  coreContext.state = 'preInvocationHooks';
  for (const hook of registry.hooks('preInvocation')) await hook(before);

  const after: { result: unknown; error: unknown } & Record<string, unknown> = {
    hookData,
    invocationContext: context,
    inputs: before.inputs,
    result: null,
    error: null,
  };
  coreContext.state = 'invocation';
  try {
    const callback: FunctionCallback = before.functionCallback;
    after.result = await invocation.invokeFunction(context, before.inputs, callback);
  } catch (error) {
    after.error = error ?? null;
  }
  coreContext.state = 'postInvocationHooks';
  for (const hook of registry.hooks('postInvocation')) await hook(after);
  if (after.error !== null && after.error !== undefined) throw after.error;
  const seen = look(after.result);
  if (value !== undefined) return { result: after.result, seen };
  return { ...(await invocation.getResponse(context, after.result)), seen };
}

/** Message and stack of whatever was thrown; the worker turns texts and objects into errors (golden 2.3). */
export function errorOf(thrown: unknown): { readonly message: string; readonly stack: string } {
  if (thrown instanceof Error) return { message: thrown.message, stack: thrown.stack ?? '' };
  const message = typeof thrown === 'string' ? thrown : JSON.stringify(thrown);
  return { message, stack: '' };
}
