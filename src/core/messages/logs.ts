/** What the app writes to its own log. */
export const logs = {
  requestFailed: 'a request could not be answered',
  workflowNotChecked: (rollout: string) => `the workflow of rollout ${rollout} could not be checked`,
} as const;
