import type { FailureDetails } from './history.ts';

/** Which generation of the extension is played, each as recorded: 3 = 2.13.7, 4 = 3.19.0. */
export type Schema = 3 | 4;

export interface ActivityError {
  /** Of the worker, where the activity failed because that ended. */
  readonly exitCode?: number;
  readonly message: string;
  readonly stack: string;
}

export interface FailureText {
  readonly Reason: string;
  readonly Details: string | null;
  readonly FailureDetails: FailureDetails | null;
}

/** The three fields of a failed activity's event (golden 2.3, 2.4; golden-3.19, items 1 and 4). */
export function activityFailure(name: string, error: ActivityError, schema: Schema): FailureText {
  const structured = schema === 4 ? structuredFailure(error.message) : undefined;
  if (structured !== undefined) {
    return {
      Reason: `Activity function '${name}' failed with an unhandled exception.`,
      Details: null,
      FailureDetails: structured,
    };
  }
  if (error.exitCode !== undefined) return exitFailure(name, error.message, error.exitCode);
  const rpcText = `Result: Failure\nException: ${error.message}\nStack: ${error.stack}`;
  const message = schema === 4 ? error.message : userPartOf(rpcText);
  return {
    Reason: `Activity function '${name}' failed: ${message}`,
    Details: JSON.stringify(dotnetException(message, rpcText, error)),
    FailureDetails: null,
  };
}

/** The worker ended in it: the Functions host's own exception, as the extension writes it (measured on 3.19.0). */
function exitFailure(name: string, message: string, exitCode: number): FailureText {
  const details = {
    $type:
      'Microsoft.Azure.WebJobs.Script.Workers.WorkerProcessExitException, Microsoft.Azure.WebJobs.Script',
    ExitCode: exitCode,
    Message: message,
    Data: null,
    InnerException: null,
    HResult: -2146233088,
  };
  return {
    Reason: `Activity function '${name}' failed: ${message}`,
    Details: JSON.stringify(details),
    FailureDetails: null,
  };
}

/** A request of `callHttp` that got no answer: the client's own words, without a prefix (golden 5.12). */
export function httpFailure(message: string): FailureText {
  const details = {
    $type: 'System.Net.Http.HttpRequestException, System.Net.Http',
    StatusCode: null,
    Message: message,
    Data: null,
    InnerException: null,
    HResult: -2147467259,
  };
  return { Reason: message, Details: JSON.stringify(details), FailureDetails: null };
}

/** Up to 2.13.7 what stands between the labels, with the space after the first. */
function userPartOf(rpcText: string): string {
  const label = '\nException:';
  const start = rpcText.indexOf(label) + label.length;
  return rpcText.slice(start, rpcText.indexOf('\nStack:', start));
}

function dotnetException(message: string, rpcText: string, error: ActivityError): object {
  return {
    $type: 'System.Exception, System.Private.CoreLib',
    ClassName: 'System.Exception',
    Message: message,
    Data: null,
    InnerException: {
      $type: 'Microsoft.Azure.WebJobs.Script.Workers.Rpc.RpcException, Microsoft.Azure.WebJobs.Script',
      IsUserException: false,
      RemoteStackTrace: error.stack,
      RemoteMessage: error.message,
      RemoteTypeName: null,
      Message: rpcText,
      InnerException: null,
      HResult: -2146233088,
    },
    StackTraceString: null,
    HResult: -2146233088,
  };
}

/** The JSON that durable-functions puts into the message when the app set an exception properties provider. */
function structuredFailure(message: string): FailureDetails | undefined {
  const parsed = parseObject(message);
  if (typeof parsed?.['errorType'] !== 'string' || typeof parsed['errorMessage'] !== 'string')
    return undefined;
  const { errorType, errorMessage, stackTrace, isNonRetriable, properties } = parsed;
  return {
    ErrorType: errorType,
    ErrorMessage: errorMessage,
    StackTrace: typeof stackTrace === 'string' ? stackTrace : null,
    InnerFailure: null,
    IsNonRetriable: isNonRetriable === true,
    Properties: isRecord(properties) ? properties : null,
  };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
