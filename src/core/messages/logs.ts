/** What the app writes to its own log. */
export const logs = {
  requestFailed: 'a request could not be answered',
  stepFailed: (step: string, rollout: string) => `${step} of rollout ${rollout} failed`,
  workflowNotChecked: (rollout: string) => `the workflow of rollout ${rollout} could not be checked`,
  scheduleFailed: (name: string) => `schedule ${name} could not look`,
  noticesNotAddressed: (rollout: string) => `the notices of rollout ${rollout} could not be addressed`,
  noticeGivenUp: (id: string, code: string) => `notice ${id} was given up: ${code}`,
} as const;
