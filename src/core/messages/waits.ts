import { countOf } from './named.ts';

/** Why a rollout waits, in one sentence; what a person may do about it stands beside it, as data. */
export const waits = {
  approval: (
    batch: string,
    {
      approvals,
      quorum,
      pausedBy,
    }: { readonly approvals: number; readonly quorum: number; readonly pausedBy: string | undefined },
  ) => {
    const many = quorum === 1 ? 'an approval' : `${quorum} approvals and has ${approvals}`;
    return `${batch} waits for ${many}${pausedBy === undefined ? '' : `; the rollout is paused by ${pausedBy}, too`}`;
  },
  floor: (serving: number, floor: number) =>
    `only ${countOf(serving)} ${serving === 1 ? 'serves' : 'serve'}, and the floor is ${floor}`,
  pausedBy: (who: string) => `paused by ${who}`,
  pausedAfterFailure: (code: string) => `paused after a failure: ${code}`,
  pausedInconclusive: (why: string) => `paused because instance health could not be determined: ${why}`,
  pausedAfterNoFailure: 'paused after a failure that has been dealt with since',
} as const;
