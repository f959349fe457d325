import { batch } from '@preact/signals';

/** Answers that come within this time are shown at once: to draw the page four times costs four times as much. */
const WITHIN_MILLISECONDS = 40;
let waiting: (() => void)[] = [];

/** Makes a change of what is shown, together with those that follow at once. */
export function together(change: () => void): void {
  if (waiting.length === 0) setTimeout(makeAll, WITHIN_MILLISECONDS);
  waiting.push(change);
}

function makeAll(): void {
  const changes = waiting;
  waiting = [];
  batch(() => {
    for (const change of changes) change();
  });
}
