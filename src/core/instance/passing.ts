/** Codes of what passes by itself: another write was in the way, or the service says to try again (arm-vmss.md 3.4). */
const PASSING = new Set([
  'conflict',
  'conflictingconcurrentwritenotallowed',
  'operationpreempted',
  'retryableerror',
  'anotheroperationinprogress',
]);

export function isPassing(code: string | undefined): boolean {
  return code !== undefined && PASSING.has(code.toLowerCase());
}
