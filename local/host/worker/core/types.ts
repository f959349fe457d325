import type { Seen } from './seen.ts';

/** The part of the worker's core API that `@azure/functions` uses (durable-host.md 1.2, 1.3). */
export interface TypedData {
  readonly string?: string;
  readonly json?: string;
  readonly bytes?: Uint8Array;
  readonly int?: number;
  readonly double?: number;
  readonly http?: unknown;
}

export interface Binding {
  readonly type: string;
  readonly direction: 'in' | 'out';
  readonly name?: string;
  readonly [option: string]: unknown;
}

export interface FunctionMetadata {
  readonly name: string;
  readonly bindings: Readonly<Record<string, Binding>>;
}

export type FunctionCallback = (...args: unknown[]) => unknown;

export interface InvocationRequest {
  readonly inputData: readonly { readonly name: string; readonly data: TypedData | undefined }[];
  readonly triggerMetadata?: Readonly<Record<string, TypedData>>;
}

export interface InvocationResponse {
  readonly returnValue?: TypedData | null;
  /** What the function returned, where its trigger was a value: then nothing is made into data. */
  readonly result?: unknown;
  readonly seen?: Seen;
}

export type InvocationState = 'preInvocationHooks' | 'invocation' | 'postInvocationHooks';

export interface CoreContext {
  readonly invocationId: string;
  readonly request: object;
  readonly metadata: object;
  state?: InvocationState;
  log(level: string, category: string, message: string): void;
}

export interface InvocationModel {
  getArguments(): Promise<{ readonly context: object; readonly inputs: unknown[] }>;
  invokeFunction(context: object, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: object, result: unknown): Promise<InvocationResponse>;
}

export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreContext): InvocationModel;
  getCapabilities(capabilities: Record<string, string>): Promise<Record<string, string>>;
}

export const HOOKS = ['preInvocation', 'postInvocation', 'appStart', 'appTerminate', 'log'] as const;
export type HookName = (typeof HOOKS)[number];
export type HookCallback = (context: object) => unknown;

/** One line of an app's or a worker's log. */
export type LogSink = (level: string, message: string) => void;
