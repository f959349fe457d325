const QUICK_MILLISECONDS = 2000;
const SLOWEST_MILLISECONDS = 30_000;

export interface Looked {
  /** Whether what was seen is about to change. */
  readonly moves: boolean;
  /** How many looks in a row have shown nothing new, or have failed. */
  readonly inVain: number;
  /** What the answer asks for. */
  readonly retryAfterSeconds?: number | undefined;
}

/** How long until the next look: every two seconds while something moves, else ever more seldom. */
export function pauseAfter({ moves, inVain, retryAfterSeconds = 0 }: Looked): number {
  const asked = retryAfterSeconds * 1000;
  if (moves) return Math.max(QUICK_MILLISECONDS, asked);
  return Math.max(asked, Math.min(SLOWEST_MILLISECONDS, QUICK_MILLISECONDS * 1.5 ** Math.min(inVain, 20)));
}
