/** What the audit says of acts that belong to no rollout. */
export const acts = {
  policyIntended: (after: number, reason: string | undefined) =>
    `about to replace version ${after} of the policy${why(reason)}`,
  policySet: (number: number) => `version ${number} of the policy is in force`,
  policyKept: (after: number) =>
    `the policy is unchanged: somebody else has already replaced version ${after}`,
  noticesIntended: (after: number, reason: string | undefined) =>
    `about to replace version ${after} of the settings of notices${why(reason)}`,
  noticesSet: (number: number) => `version ${number} of the settings of notices is in force`,
  noticesKept: (after: number) =>
    `the settings of notices are unchanged: somebody else has already replaced version ${after}`,
  resendIntended: (id: string, reason: string | undefined) => `about to resend notice ${id}${why(reason)}`,
  scheduleIntended: (
    { name, after }: { readonly name: string; readonly after: number },
    what: 'replace' | 'delete',
    reason: string | undefined,
  ) => `about to ${what} version ${after} of schedule ${name}${why(reason)}`,
  scheduleSet: (name: string, number: number) => `version ${number} of schedule ${name} holds now`,
  scheduleKept: (name: string, after: number) =>
    `schedule ${name} stays: somebody else has replaced version ${after} already`,
  scheduleRunIntended: (name: string) => `about to let schedule ${name} look now`,
  strategyIntended: (
    { name, after }: { readonly name: string; readonly after: number },
    what: 'replace' | 'delete',
    reason: string | undefined,
  ) => `about to ${what} version ${after} of strategy ${name}${why(reason)}`,
  strategySet: (name: string, number: number) => `version ${number} of strategy ${name} is in force`,
  strategyKept: (name: string, after: number) =>
    `strategy ${name} is unchanged: somebody else has already replaced version ${after}`,
  releaseIntended: (name: string, version: string, reason: string) =>
    `about to release ${version} in schedule ${name}: ${reason}`,
  freezeIntended: (reason: string) => `about to freeze all writes: ${reason}`,
  liftIntended: (reason: string) => `about to lift the freeze: ${reason}`,
  frozen: 'all writes are frozen',
  lifted: 'the freeze is lifted',
  takeOverIntended: (lease: string, holder: string, reason: string | undefined) =>
    `about to take lease ${lease} from rollout ${holder}${why(reason)}`,
  freed: (lease: string, token: number) => `lease ${lease} is released, with fencing token ${token}`,
  restarted: (lease: string, token: number, holder: string) =>
    `lease ${lease} has fencing token ${token}, and the workflow of rollout ${holder} is restarted`,
  purgeIntended: (rollout: string, records: number, hash: string) =>
    `about to purge rollout ${rollout}; its audit stays, ${records} ${records === 1 ? 'record' : 'records'} up to ${hash}`,
  campaignPurgeIntended: (id: string) => `about to purge campaign ${id}`,
  campaignIntended: (
    { id, name, stages }: { readonly id: string; readonly name: string; readonly stages: number },
    reason: string | undefined,
  ) =>
    `about to start campaign ${id}, "${name}", of ${stages === 1 ? '1 stage' : `${stages} stages`}${why(reason)}`,
  campaignUndoIntended: (
    { id, name, rollbackOf }: { readonly id: string; readonly name: string; readonly rollbackOf: string },
    reason: string | undefined,
  ) => `about to start campaign ${id}, "${name}", which undoes campaign ${rollbackOf}${why(reason)}`,
  campaignAccepted: (id: string) => `campaign ${id} is accepted`,
  campaignCommandIntended: (command: string, id: string, reason: string | undefined) =>
    `about to take the command ${command} for campaign ${id}${why(reason)}`,
} as const;

function why(reason: string | undefined): string {
  return reason === undefined ? '' : `: ${reason}`;
}
