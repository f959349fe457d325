const BEAT_MILLISECONDS = 2000;

/** All that this page repeats keeps to one beat, so that what comes of it is there at the same time. */
function untilBeat(pause: number): number {
  const at = performance.now();
  return Math.round((at + pause) / BEAT_MILLISECONDS) * BEAT_MILLISECONDS - at;
}

/** Something that is done again and again while somebody sees the page. */
export interface Repeated {
  /** Does it at once, or once more when it is being done. */
  now(): void;
  stop(): void;
}

/**
 * Repeats an attempt, each after the pause in milliseconds that the last one answers with. None is made while the page
 * is hidden; one is made as soon as it is seen again or the network is back.
 */
export function repeat(attempt: (ending: AbortSignal) => Promise<number>): Repeated {
  const ending = new AbortController();
  let timer: number | undefined;
  let isTrying = false;
  let again = false;
  const attemptNext = async (): Promise<void> => {
    clearTimeout(timer);
    if (ending.signal.aborted || document.hidden) return;
    if (isTrying) {
      again = true;
      return;
    }
    isTrying = true;
    const pause = await attempt(ending.signal);
    isTrying = false;
    if (ending.signal.aborted) return;
    timer = setTimeout(now, again ? 0 : untilBeat(pause));
    again = false;
  };
  const now = (): void => void attemptNext();
  document.addEventListener('visibilitychange', now);
  addEventListener('online', now);
  now();
  return {
    now,
    stop() {
      ending.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', now);
      removeEventListener('online', now);
    },
  };
}
