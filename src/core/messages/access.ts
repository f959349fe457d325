/** What each act is called in a sentence: "to approve takes the role approver". */
const ACTS: Readonly<Record<string, string>> = {
  read: 'read',
  plan: 'make plans',
  start: 'start rollouts',
  takeOver: 'take a lease over',
  rollback: 'roll back',
  readAudit: 'read the audit',
  freeze: 'freeze all writes',
  liftFreeze: 'lift the freeze',
  setPolicy: 'change the policy',
  setNotices: 'read or change who gets notices',
  resendNotices: 'list or resend notices that were given up',
  ignoreWindow: 'start batches outside the windows',
  startOnHost: 'roll out to what the app or its pipelines run on',
  changeTag: 'change a tag that the policy reads',
  setSchedule: 'set schedules',
  setStrategy: 'set named strategies',
  runSchedule: 'run a schedule at once',
  releaseVersion: 'release a version that has failed',
};

const named = (act: string): string => ACTS[act] ?? act;

const anyOf = (roles: readonly string[]): string =>
  roles.length < 2 ? roles.join('') : `${roles.slice(0, -1).join(', ')} or ${roles.at(-1) ?? ''}`;

/** Why a caller may not do something. */
export const access = {
  lacksRole: (
    act: string,
    { needs, has }: { readonly needs: readonly string[]; readonly has: readonly string[] },
  ) =>
    `you need the role ${anyOf(needs)} to ${named(act)}; you have ${has.length === 0 ? 'none' : has.join(', ')}`,
  lacksRoleRemedy: 'ask an administrator of the tenant to give you the role, then sign in again',
  lacksRoleHereRemedy:
    'the policy says who has which role where (vmss-rollout policy): ask an admin to assign you one here',
  othersRollout: (act: string, needs: readonly string[]) =>
    `somebody else requested this rollout, so you need the role ${anyOf(needs)} to ${named(act)} it`,
  tooOften: (most: number) =>
    `you have sent ${most} requests of this kind in the last minute, the most that one caller may send`,
  /** One more rollout would be too many of these. */
  tooMany: {
    caller: {
      detail: (most: number) => `you have ${most} open rollouts, the most that one caller may have`,
      remedy: 'wait for one of them to end, or end one',
    },
    subscription: {
      detail: (most: number) => `${most} rollouts are open in this subscription, the most that there may be`,
      remedy: 'wait for one of them to end, or end one: vmss-rollout list',
    },
    missing: {
      detail: (most: number) =>
        `you have asked for ${most} rollouts of scale sets that do not exist in the last hour, the most that one caller may ask for`,
      remedy: 'check the resource ids: vmss-rollout scale-sets',
    },
  },
  notForApplications: (act: string) => `an application may not ${named(act)}`,
  notForApplicationsRemedy: 'sign in as a person who has the role',
} as const;
