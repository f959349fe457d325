import type { Instance } from './instances.ts';

/** `deallocated` has released its hardware, `stopped` keeps it: switched off by somebody, and not started by itself. */
export type Off = (typeof OFF_STATES)[number];

export const OFF_STATES = ['deallocated', 'stopped'] as const;

/** How an instance is off, if it is. */
export function offStateOf({ power }: Pick<Instance, 'power'>): Off | undefined {
  return power === 'deallocated' || power === 'stopped' ? power : undefined;
}
