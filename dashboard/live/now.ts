import { signal } from '@preact/signals';
import type { ReadonlySignal } from '@preact/signals';

const EVERY_MILLISECONDS = 1000;
const ticking = signal(Date.now());

setInterval(() => {
  if (!document.hidden) ticking.value = Date.now();
}, EVERY_MILLISECONDS);

/** The time, told again each second to whoever reads it. */
export const now: ReadonlySignal<number> = ticking;
