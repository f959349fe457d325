import type { World } from '../world.ts';

interface Hint {
  readonly retryAfterSeconds?: number | undefined;
  readonly retryAfterIs: 'seconds' | 'date';
}

/** The header of a fault, in the caller's time; none where the fault has no seconds. */
export function retryAfterOf(
  world: World,
  { retryAfterSeconds, retryAfterIs }: Hint,
): Record<string, string> {
  if (retryAfterSeconds === undefined) return {};
  if (retryAfterIs === 'seconds') return { 'retry-after': String(retryAfterSeconds) };
  const now = Date.parse(world.wireTime.date(world.now()));
  return { 'retry-after': new Date(now + retryAfterSeconds * 1000).toUTCString() };
}
