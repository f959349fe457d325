/** What the app writes to its own log. */
export const logs = {
  requestFailed: 'a request could not be answered',
  stepFailed: (step: string, rollout: string) => `${step} of rollout ${rollout} failed`,
  workflowNotChecked: (rollout: string) => `the workflow of rollout ${rollout} could not be checked`,
  scheduleFailed: (name: string) => `schedule ${name} could not look`,
  noticesNotAddressed: (rollout: string) => `the notices of rollout ${rollout} could not be addressed`,
  noticeGivenUp: (id: string, code: string) => `notice ${id} was given up: ${code}`,
  campaignRevived: (id: string) => `the workflow of campaign ${id} is started again`,
  campaignStepFailed: (step: string, campaign: string) => `${step} of campaign ${campaign} failed`,
} as const;
