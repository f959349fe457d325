import type { Lab } from './lab.ts';

/**
 * Lets the app die before or after the next store call but so many, and start anew: all that it knows then is what it
 * had written.
 */
export async function dieAtCall(lab: Lab, call: number, when: 'before' | 'after'): Promise<void> {
  const at = lab.store.calls.length + call;
  lab.store.fail({ call: at, when, forGood: true });
  await lab.host.runUntil(() => lab.store.calls.length >= at);
  lab.host.restart();
  lab.store.heal();
}
