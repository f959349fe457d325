export const LIVE_PHASES = [
  'accepted',
  'planning',
  'waiting',
  'applyingModel',
  'upgrading',
  'settling',
  'soaking',
  'rollingBack',
] as const;

/** A rollout's phases as the API shows them; `paused` is shown by the command log, never stored. */
export type Phase = (typeof LIVE_PHASES)[number] | EndPhase;

export const END_PHASES = [
  'succeeded',
  'rolledBack',
  'halted',
  'failed',
  'refused',
  'rejected',
  'cancelled',
] as const;

export type EndPhase = (typeof END_PHASES)[number];

export function isEnded(phase: Phase | 'paused'): phase is EndPhase {
  return (END_PHASES as readonly string[]).includes(phase);
}
