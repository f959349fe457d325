import { seededScheduler } from '../../local/host/drivers/ids.ts';

/** The night lane runs every sweep whole; the long one a tenth of each, another one every day. */
export const IS_NIGHT = process.env['LANE'] === 'night';

const TENTH = 10;
const DAY_MS = 86_400_000;

/** The day's number; `DRAW_SEED` names that of another day. */
export const DRAW_SEED = Number(process.env['DRAW_SEED'] ?? Math.floor(Date.now() / DAY_MS));

/** Every tenth of a sweep from one that the seed draws, in the long lane; at night all of it. Says which, and how again. */
export function drawn<T>(
  sweep: string,
  all: readonly T[],
  { always = () => false }: { readonly always?: (one: T) => boolean } = {},
): readonly T[] {
  if (IS_NIGHT) return all;
  const first = firstOf(sweep, Math.min(TENTH, all.length));
  const some = all.filter((one, index) => index % TENTH === first || always(one));
  console.log(`${sweep}: ${some.length} of ${all.length}; the same again with DRAW_SEED=${DRAW_SEED}`);
  return some;
}

/** As `drawn`, for a sweep that counts on from 1 in steps. */
export function drawnSteps(sweep: string, step: number): { readonly from: number; readonly step: number } {
  if (IS_NIGHT) return { from: 1, step };
  const from = 1 + step * firstOf(sweep, TENTH);
  console.log(`${sweep}: from ${from} in steps of ${step * TENTH}; DRAW_SEED=${DRAW_SEED}`);
  return { from, step: step * TENTH };
}

/** Numbers from the first on, below the last. */
export function steps(from: number, below: number, step: number): readonly number[] {
  return Array.from(
    { length: Math.max(0, Math.ceil((below - from) / step)) },
    (_, index) => from + index * step,
  );
}

/** How many of something are tried: all of them at night. */
export function drawnCount(all: number): number {
  return IS_NIGHT ? all : Math.ceil(all / TENTH);
}

const TELL_MS = 30_000;

/** Says every half a minute how far a sweep has come, for whoever waits for it. */
export function* told<T>(sweep: string, all: readonly T[]): Generator<T> {
  const startedAt = performance.now();
  let toldAt = startedAt;
  for (const [index, one] of all.entries()) {
    yield one;
    const now = performance.now();
    if (now - toldAt < TELL_MS) continue;
    toldAt = now;
    console.log(`${sweep}: ${index + 1} of ${all.length}, ${Math.round((now - startedAt) / 1000)} s`);
  }
}

/** Sweeps of one seed begin at different places. */
function firstOf(sweep: string, count: number): number {
  const salt = Buffer.from(sweep).reduce((sum, byte) => Math.imul(sum, 31) + byte, 7);
  return seededScheduler(DRAW_SEED + salt).pick(count);
}
