import type { FencedBy } from './fence.ts';

const TURN = 'core/campaign/advance.test.ts';

/** I1, I4, I6, I21 and V8 of campaigns. */
export const OF_CAMPAIGNS: readonly FencedBy[] = [
  {
    name: 'a campaign that runs, or has ended lately, stays',
    test: [
      'operations/purge-campaigns.test.ts',
      'after ninety days > a campaign that has not ended stays, and one that has ended lately',
    ],
  },
  {
    name: 'a paused campaign begins nothing',
    test: [TURN, 'a turn of a campaign > begins nothing while it is paused'],
  },
  {
    name: 'a campaign rolls back in reverse order',
    find: 'reduceRight',
    without: 'reduce',
    test: [TURN, 'a turn of a campaign > rolls back the last stage first, the last set first'],
  },
  {
    name: 'a stage that has spent its budget begins no further set',
    test: [TURN, 'a turn of a campaign > begins nothing more once the budget of the stage is spent'],
  },
  {
    name: 'a stage ends well only within its budget',
    test: [TURN, 'a turn of a campaign > does not end a stage well: nothingAttempted'],
  },
  {
    name: 'a stage begins with as many approvals as its spec asks for',
    find: 'approvedBy.length >= (spec.approval?.quorum ?? 1)',
    without: 'approvedBy.length > 0',
    test: [TURN, 'the gate of a stage > opens with as many approvals as the spec asks for'],
  },
  {
    name: 'a person approves a stage once',
    find: 'approvedBy.some((one) => isSameCaller(one, by))',
    without: 'false',
    test: [TURN, 'the gate of a stage > opens with as many approvals as the spec asks for'],
  },
  {
    name: 'a stage is not approved by whoever requested the campaign',
    test: [TURN, 'the gate of a stage > does not count whoever requested the campaign'],
  },
];
