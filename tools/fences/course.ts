import type { FencedBy } from './fence.ts';

/** I4, I6, I8, I17 and I20: approvals, commands and the plan. */
export const COURSE: readonly FencedBy[] = [
  {
    name: 'an approval counts for the gate that stood open when it came',
    test: ['core/run/commands.test.ts', 'a gate'],
  },
  {
    name: 'an approval counts for its own batch',
    test: ['core/run/commands.test.ts', 'a gate'],
  },
  {
    name: 'an approval that comes too late does not count',
    test: ['core/run/commands.test.ts', 'is opened by no approval that comes too late'],
  },
  {
    name: "the requester's approval does not count where the spec says so",
    find: '&& (approvals.allowRequester || !isSameCaller(by, record.requestedBy))',
    without: '',
    test: ['core/run/commands.test.ts', 'a gate'],
  },
  {
    name: 'the requester is told that he may not approve',
    find: "command === 'approve'",
    without: "command === 'pause'",
    test: ['core/run/commands.test.ts', 'is no approval of another batch, nor one by the requester'],
  },
  {
    name: 'nobody approves a gate that is not open',
    test: [
      'orchestrators/approval.test.ts',
      'refuses the approval of a gate that is not open, and it counts for none',
    ],
  },
  {
    name: 'nobody approves another plan than the one that they have looked at',
    test: ['functions/approvals.test.ts', 'is not taken for another plan, nor for another rollout'],
  },
  {
    name: 'as many people must approve as the quorum says',
    find: 'approvers.size >= approvals.quorum',
    without: 'approvers.size >= 1',
    test: [
      'orchestrators/approval.test.ts',
      'wants as many people as the quorum says, and never the requester',
    ],
  },
  {
    name: 'one person approves once',
    find: '.map(({ by }) => [keyOf(by), by]), );',
    without: '.map(({ by, sequence }) => [sequence, by]), );',
    // One person's second approval is not even taken; two that come at once may be.
    test: ['core/run/commands.test.ts', 'opens to as many people as the quorum says, each counting once'],
  },
  {
    name: 'a gate that nobody approves in time does not open',
    find: "approvals.onTimeout === 'approve' ?",
    without: 'approvals.onTimeout !== null ?',
    test: ['orchestrators/approval.test.ts', 'ends rejected when nobody approves in time'],
  },
  {
    name: 'the gate asks before the model is written, also when its batch is skipped',
    find: "(!isEmpty || record.modelState === 'before')",
    without: '!isEmpty',
    test: ['orchestrators/skip.test.ts', 'an approval is not got round > by skipping the first batch'],
  },
  {
    name: 'no batch opens before those that come first are over, whoever has started the workflow',
    test: ['orchestrators/strangers.test.ts', 'opens nothing past a canary'],
  },
  {
    name: "a workflow that was started under another id than its rollout's does nothing",
    find: 'rollout !== durable.instanceId',
    without: "rollout === ''",
    test: ['orchestrators/strangers.test.ts', 'ends where its id is no rollout'],
  },
  {
    name: 'an approval before a batch that the plan does not have is not passed over',
    find: 'if (index === undefined) return undefined;',
    without: 'if (index !== 0) return undefined;',
    test: ['orchestrators/refusals.test.ts', 'begins no rollout: unknownBatch'],
  },
  {
    name: 'an approval is spent with its batch',
    test: ['activities/steps/open-gate.test.ts', 'a gate > shuts behind its batch'],
  },
  {
    name: 'the time of a pause counts against no deadline',
    find: 'const running = !standing.paused && !FOR_OTHERS.includes(kind);',
    without: 'const running = true;',
    test: ['orchestrators/pause.test.ts', 'does not count the time of a pause against any deadline'],
  },
  {
    name: 'a pause holds a gate that was approved',
    test: [
      'activities/steps/open-gate.test.ts',
      'a gate > that was approved stays shut while the rollout is paused',
    ],
  },
  {
    name: 'a retry or skip is carried out once',
    test: ['orchestrators/pause.test.ts', 'sends the failed ones again at retry'],
  },
  {
    name: 'a command takes its number only from who is first',
    find: 'if ((await appendCommand(store, record.id, command)) === undefined) continue;',
    without: 'await appendCommand(store, record.id, command);',
    test: ['operations/send-command.test.ts', 'takes every command of several that come at once'],
  },
  {
    name: 'a body that did not arrive is not taken for none',
    test: ['functions/bodies.test.ts', 'is never taken for none'],
  },
  {
    name: 'what a command says in the query is not passed over',
    test: ['functions/bodies.test.ts', 'is refused by a command'],
  },
  {
    name: 'a command that names what it does not mean is not taken',
    test: ['operations/send-command.test.ts', 'refuses pause of what the rollout does not have'],
  },
  {
    name: 'a command with the same key counts once',
    test: [
      'operations/send-command.test.ts',
      'sent again does the same once, also when it is no longer possible',
    ],
  },
  {
    name: 'a key stands for one request',
    test: ['operations/send-command.test.ts', 'an Idempotency-Key'],
  },
  {
    name: 'a start with the same key counts once',
    find: "return present === undefined ? entry : unseal(present.value, format, 'an idempotency key');",
    without: 'return present === null ? entry : entry;',
    test: ['operations/accept-rollout.test.ts', 'sent twice at once starts one rollout'],
  },
  {
    name: 'a schedule starts one rollout for a set and a version, however often it looks',
    find: 'const asked = { spec, by: requesterOf(name), limits, key };',
    without: 'const asked = { spec, by: `${requesterOf(name)}${key.slice(0, 0)}`, limits };',
    test: ['functions/schedules.test.ts', 'starts nothing again that has failed while it was dead: call 20'],
  },
  {
    name: 'no batch begins while its window is closed',
    find: 'if (closed === undefined) return open(step, batch, by);',
    without: 'if (closed !== null) return open(step, batch, by);',
    test: ['orchestrators/windows.test.ts', 'is waited for before anything is written'],
  },
  {
    name: 'a command that is not possible now is not taken',
    find: 'if (objection !== undefined) {',
    without: 'if (objection === null) {',
    test: ['orchestrators/pause.test.ts', 'refuses to resume what is not paused'],
  },
  {
    name: 'a lost wake-up costs no more than some minutes',
    find: 'Math.min(Math.max(1, Math.ceil(plan.seconds)), LONGEST_SLEEP_SECONDS)',
    without: 'Math.min(Math.max(1, Math.ceil(plan.seconds)), 1e6)',
    test: ['orchestrators/pause.test.ts', 'sees a command whose wake-up was lost'],
  },
  {
    name: 'a plan is made once',
    test: ['activities/steps/plan-rollout.test.ts', 'a plan is made once > whatever is published later'],
  },
  {
    name: 'a plan that was kept stays, also when the process died over it',
    find: 'return (await readPlan(store, rollout)) ?? kept;',
    without: 'return kept;',
    test: [
      'activities/steps/plan-rollout.test.ts',
      'a plan is made once > also when the process died over it',
    ],
  },
  {
    name: 'latest becomes an exact version',
    find: 'isLatest(wanted) ? latest : wanted',
    without: 'wanted',
    test: ['orchestrators/forward.test.ts', 'pins latest to the version that is newest when planned'],
  },
  {
    name: 'a plan other than the reviewed one is refused',
    test: ['operations/preview-rollout.test.ts', 'refuses with planChanged, naming planHash'],
  },
];
