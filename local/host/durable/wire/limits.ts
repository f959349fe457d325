/** Milliseconds. Azure Storage: six days at most, else pieces of three. */
export interface TimerLimits {
  readonly longestMs: number;
  readonly pieceMs: number;
}

export const AZURE_STORAGE_TIMERS: TimerLimits = { longestMs: 6 * 86_400_000, pieceMs: 3 * 86_400_000 };

/** How long a 202 without Retry-After is waited for; the library is told the same in its trigger. */
export const DEFAULT_POLL_MS = 30_000;
