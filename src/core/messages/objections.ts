/** Why a command is not possible now. */
export const objections = {
  ended: (phase: string) => `the rollout has ended: ${phase}`,
  notPaused: 'the rollout is not paused',
  notForward: 'the rollout is no longer going forward',
  notFailed: 'the rollout is not paused after a failure',
  notHeldForward: 'the rollout is neither waiting nor paused while going forward',
  notHeld: 'the rollout is neither waiting nor paused',
  notPlanned: 'the rollout has no plan yet',
  notTaken: (command: string, field: string, taken: readonly string[]) =>
    taken.length === 0
      ? `${command} applies to the whole rollout: leave ${field} out`
      : `${command} takes no ${field}, only ${taken.join(' and ')}`,
  noGate: 'no approval is requested now',
  otherGate: (open: string, asked: number) => `the approval requested is for ${open}, not for batch ${asked}`,
  otherPlan: (planHash: string, asked: string) =>
    `the rollout waits with plan ${planHash}, not with ${asked}: look at its plan again`,
  ownApproval: 'whoever requested this rollout may not approve it',
  unknownBatch: (count: number) =>
    `the rollout has no such batch; its ${count} ${count === 1 ? 'batch counts' : 'batches count'} from 0`,
  unknownInstance: (id: string) => `instance ${id} is not part of this rollout`,
  ofAnotherBatch: (id: string, batch: number) => `instance ${id} is in batch ${batch}`,
  nothingFailed: (batch: string | undefined) =>
    batch === undefined ? 'no instance has failed' : `no instance of ${batch} has failed`,
  nothingToSkip: (batch: string | undefined) =>
    `no instance of ${batch ?? 'the rollout'} is pending or failed`,
  notToSkip: (ids: readonly string[]) =>
    `only a pending or failed instance can be skipped; neither: ${ids.slice(0, 20).join(', ')}`,
  notFailedToRetry: (ids: readonly string[]) =>
    `only a failed instance can be retried; not failed: ${ids.slice(0, 20).join(', ')}`,
  notFailedInstances: (ids: readonly string[]) =>
    `only a failed instance can be quarantined; not failed: ${ids.slice(0, 20).join(', ')}`,
} as const;
