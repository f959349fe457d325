/** What an act that is none of a rollout's can be, before it and after it. */
export const ACT_KINDS = [
  'policyIntended',
  'policySet',
  'policyKept',
  'noticesIntended',
  'noticesSet',
  'noticesKept',
  'resendIntended',
  'scheduleIntended',
  'scheduleSet',
  'scheduleKept',
  'strategyIntended',
  'strategySet',
  'strategyKept',
  'releaseIntended',
  'freezeIntended',
  'liftIntended',
  'frozen',
  'lifted',
  'takeOverIntended',
  'leaseTakenOver',
  'purgeIntended',
  'campaignIntended',
  'campaignAccepted',
  'campaignCommandIntended',
] as const;

export type ActKind = (typeof ACT_KINDS)[number];
