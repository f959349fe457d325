/** What is known of the rollout that holds a scale set. */
export const leases = {
  ended: (rollout: string, phase: string) =>
    `rollout ${rollout} has ended (${phase}) but still holds the scale set`,
  live: (rollout: string) => `rollout ${rollout} is running`,
  starting: (rollout: string) => `rollout ${rollout} took the lease a moment ago and may still be starting`,
  noRecord: (rollout: string) => `rollout ${rollout} has no record: its start did not finish`,
  unknown: (rollout: string) => `the host cannot say whether rollout ${rollout} is running`,
  notRunning: (rollout: string, phase: string) =>
    `rollout ${rollout} is ${phase}, but its workflow is not running`,
} as const;
