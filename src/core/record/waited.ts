import type { RolloutRecord, Waited, WaitKind, WaitsFor } from './rollout.ts';

/** A soak is part of the rollout's own plan, and a lost workflow is an outage of the app. */
const FOR: { readonly [K in WaitKind]: WaitsFor | undefined } = {
  approval: 'people',
  resume: 'people',
  freeze: 'people',
  window: 'windows',
  queue: 'queue',
  throttling: 'throttling',
  operation: 'service',
  health: 'service',
  floor: 'service',
  unreachable: 'service',
  access: 'service',
  soak: undefined,
  recovery: undefined,
};

/** What it has waited by this moment: what it waited for when it was last written lasted until now. */
export function waitedBy(
  { waited = {}, waitingFor, clock }: Pick<RolloutRecord, 'waited' | 'waitingFor' | 'clock'>,
  now: string,
): Waited {
  const who = waitingFor === undefined ? undefined : FOR[waitingFor.kind];
  const seconds = (Date.parse(now) - Date.parse(clock.at)) / 1000;
  if (who === undefined || seconds <= 0) return waited;
  return { ...waited, [who]: (waited[who] ?? 0) + seconds };
}
