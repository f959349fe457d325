/** What the audit says of acts that are none of a rollout. */
export const acts = {
  policyIntended: (after: number, reason: string | undefined) =>
    `about to replace version ${after} of the policy${why(reason)}`,
  policySet: (number: number) => `version ${number} of the policy holds now`,
  policyKept: (after: number) => `the policy stays: somebody else has replaced version ${after} already`,
  freezeIntended: (reason: string) => `about to stop all writes: ${reason}`,
  liftIntended: (reason: string) => `about to let all writes go on: ${reason}`,
  frozen: 'all writes are stopped',
  lifted: 'all writes may go on',
  takeOverIntended: (lease: string, holder: string, reason: string | undefined) =>
    `about to take lease ${lease} from rollout ${holder}${why(reason)}`,
  freed: (lease: string, token: number) => `lease ${lease} is free, with fencing token ${token}`,
  restarted: (lease: string, token: number, holder: string) =>
    `lease ${lease} has fencing token ${token}, and the workflow of rollout ${holder} starts again`,
  purgeIntended: (rollout: string, records: number, hash: string) =>
    `about to purge rollout ${rollout}; its audit stays, ${records} ${records === 1 ? 'record' : 'records'} up to ${hash}`,
} as const;

function why(reason: string | undefined): string {
  return reason === undefined ? '' : `: ${reason}`;
}
