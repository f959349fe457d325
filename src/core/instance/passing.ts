/**
 * Codes of what passes by itself: another write was in the way, the service says to try again, or it failed of itself
 * (arm-vmss.md 3.4).
 */
const PASSING = new Set([
  'conflict',
  'conflictingconcurrentwritenotallowed',
  'operationpreempted',
  'retryableerror',
  'anotheroperationinprogress',
  'internalexecutionerror',
  'internalservererror',
  'internaloperationerror',
  'networkinginternaloperationerror',
]);

export function isPassing(code: string | undefined): boolean {
  return code !== undefined && PASSING.has(code.toLowerCase());
}
