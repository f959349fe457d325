import type { FencedBy } from './fence.ts';

const BY_HAND = 'activities/writes/fenced-write.test.ts';
const ABSENCE = 'orchestrators/service/absence.long.ts';

/** I7, I14, I15: the model of the scale set and who is in it. */
export const MODEL: readonly FencedBy[] = [
  {
    name: 'the model goes back to what it was',
    find: '({ ...kept, before: after, after: before })',
    without: '({ ...kept, before, after })',
    test: ['orchestrators/undo-later.test.ts', 'undoes an ended rollout: the fields that it changed'],
  },
  {
    name: 'what came with our own write goes back with it',
    find: '[...own, ...sideEffectsToRestore(record.sideEffects ?? [], own)]',
    without: '[...own]',
    test: [
      'orchestrators/realistic.long.ts',
      'that a write moves other properties: they are named, and put back on the way back',
    ],
  },
  {
    name: 'a model that said latest goes back to the version that ran',
    find: 'if (pin === undefined) return back;',
    without: 'if (pin !== null) return back; if (pin === undefined) return back;',
    test: [
      'core/explain/undo-commands.test.ts',
      'pins a model that said latest to the version that its instances ran',
    ],
  },
  {
    name: 'only what the delta names is written',
    find: 'const body = mergeBody(before, after);',
    without: 'const body = after ?? null;',
    test: ['core/model/delta.test.ts', 'leave it as it was by way of what ARM makes of the PATCH bodies'],
  },
  {
    name: 'what nobody has touched is not rolled back',
    test: ['core/run/left.test.ts', 'turns round who was touched, and nobody else'],
  },
  {
    name: 'a rollback waits until its own operations have ended',
    test: ['orchestrators/drain.test.ts', 'what it has sent must have ended > when it runs'],
  },
  {
    name: 'a rollback waits for an operation whose answer was lost',
    find: 'busy.length === 0',
    without: 'busy.length >= 0',
    test: ['orchestrators/drain.test.ts', 'also when the answer was lost: rollback'],
  },
  {
    name: 'nothing is undone that was changed since',
    find: 'isUnchanged',
    without: '(isUnchanged || rollout)',
    test: ['orchestrators/undo-later.test.ts', 'is refused when somebody else has changed the same field'],
  },
  {
    name: 'a rollout that changed nothing in the model has nothing to go back to',
    test: ['orchestrators/changes.test.ts', 'has nothing to go back to when it changed nothing in the model'],
  },
  {
    name: 'the policy stays held until every instance is on the model',
    find: 'const behind = behindModel(seen.value);',
    without: 'const behind = behindModel([]);',
    test: ['orchestrators/guards.test.ts', 'keeps the policy held after an abort, and says so'],
  },
  {
    name: 'where a policy is held every instance goes back to the old model',
    find: 'everyone: step.record.policyHeld !== undefined',
    without: 'everyone: false',
    test: [
      'orchestrators/guards.test.ts',
      'brings every instance to the restored model before it gives the policy back',
    ],
  },
  {
    name: 'the policy is held in the same write as the change',
    find: 'policy !== undefined',
    without: 'policy === null',
    test: [
      'orchestrators/guards.test.ts',
      'holds the policy Automatic at Manual in the same write as the change',
    ],
  },
  {
    name: 'automatic OS upgrades are held in the same write as the change',
    find: 'osUpgrades === true',
    without: 'osUpgrades === null',
    test: [
      'orchestrators/service/os-upgrades.test.ts',
      'automatic OS upgrades > are held while something else changes: vmSize',
    ],
  },
  {
    name: 'nothing is written while a rolling upgrade of Azure itself runs',
    find: "upgrade.value.kind === 'idle'",
    without: "upgrade.value.kind !== 'never'",
    test: [
      'orchestrators/service/os-upgrades.test.ts',
      'that somebody starts in mid-rollout holds our writes, barrier',
    ],
  },
  {
    name: 'a guard that is restored after all fails no rollout',
    find: "direction === 'stop'",
    without: "direction !== 'stop'",
    test: ['orchestrators/service/guards-refused-once.test.ts', 'leaves a rollout that went well succeeded'],
  },
  {
    name: 'a guard is not called held that Azure shows at work',
    find: 'isFree ?',
    without: 'isFree && step.record.id === "" ?',
    test: [
      'orchestrators/service/settings.test.ts',
      'for want of rights: is never taken for held, wherever the app dies over it',
    ],
  },
  {
    name: 'repairs are suspended before the first write',
    find: "if (kept?.plan.guards.repairs !== true) return { kind: 'done' };",
    without: "if (kept !== null) return { kind: 'done' };",
    test: ['orchestrators/guards.test.ts', 'suspends automatic repairs for its time ([])'],
  },
  {
    name: 'no instance is upgraded to a model that is not ours',
    find: 'if (modelHash(model) === step.record.modelHash) return set;',
    without: 'if (set.kind !== null) return set;',
    test: [BY_HAND, 'upgradeBatch sends nothing > when somebody else has changed the model'],
  },
  {
    name: 'nothing is sent to a scale set whose tags no longer choose the rules that it was accepted under',
    find: 'if (foreign.length === 0) return undefined;',
    without: 'if (foreign.length >= 0) return undefined;',
    test: [
      'functions/policy-tags.test.ts',
      'a tag that the policy reads > that somebody changes in settling is followed by no write',
    ],
  },
  {
    name: 'no model is written over one that is not as planned',
    test: [BY_HAND, 'applyModel sends nothing > when somebody else has changed the model'],
  },
  {
    name: 'what others changed beside our own write stops the rollout',
    test: [
      'activities/writes/model-write.test.ts',
      'the model > with a change of somebody else beside the own one is a conflict',
    ],
  },
  {
    name: 'the model is written only on the version that was read',
    test: [
      'activities/writes/model-write.test.ts',
      'the model > of somebody else that comes between look and write is not overwritten',
    ],
  },
  {
    name: 'the hash tells what instances are made from',
    test: [BY_HAND, 'upgradeBatch sends nothing > when somebody else has changed the model'],
  },
  {
    name: 'nobody upgrades beside a rolling upgrade of Azure itself',
    test: ['orchestrators/guards.test.ts', 'is refused while a rolling upgrade of Azure itself runs'],
  },
  {
    name: 'the next write waits until the set is at rest',
    find: 'isAtRest(seen) ||',
    without: 'seen !== null ||',
    test: [
      'activities/writes/model-write.test.ts',
      'the model > counts as taken only when the set is at rest',
    ],
  },
  {
    name: 'an instance that is gone is not sent',
    test: ['activities/writes/send-upgrade.test.ts', 'an upgrade > names no instance that is gone'],
  },
  {
    name: 'gone is only what its own GET calls missing',
    test: ['core/health/membership.test.ts', 'an instance that refuses to be read is not missing'],
  },
  {
    name: 'what one list lacks is not gone',
    find: 'left > 0',
    without: 'false',
    test: [
      'activities/looks/read-instances.test.ts',
      'a list that lacks an instance > is read again until no view can lag any more',
    ],
  },
  {
    name: 'no plan is made from an empty list',
    find: 'listed === 0 ? capacity > 0 :',
    without: '',
    test: [ABSENCE, 'a plan > never says that there is nothing to do because the list is empty'],
  },
  {
    name: 'no plan is made from views that lack the states of instances',
    test: ['orchestrators/service/inputs-passing.long.ts', 'the first list has no statuses'],
  },
  {
    name: 'a stopped rollout calls nobody gone whom a view may still miss',
    find: 'lagsNoMore ?',
    without: 'true ?',
    test: ['core/health/last-look.test.ts', 'is not gone while a view may still miss it'],
  },
  {
    name: 'an instance that is protected by now is not sent',
    test: [
      'activities/writes/send-upgrade.test.ts',
      'an upgrade > names no instance that is protected by now',
    ],
  },
  {
    name: 'an instance that goes under way is no failure',
    find: 'if (instance === undefined) return { ...whenGone(row), updatedAt: now };',
    without: "if (instance === undefined) return fail(row, 'gone', 'gone');",
    test: ['core/health/settle.test.ts', 'is gone when nobody lists it any more'],
  },
  {
    name: 'protected instances are no targets',
    test: ['orchestrators/forward.test.ts', 'leaves protected instances alone and says so'],
  },
  {
    name: 'instances that are there already are no targets',
    find: 'force === undefined',
    without: 'force === null',
    test: ['core/plan/targets.test.ts', 'are not those already there, when the model needs no change'],
  },
  {
    name: 'instances that came on the model are not upgraded again',
    test: ['orchestrators/trouble.long.ts', 'goes on when autoscale moves the capacity by 3'],
  },
  {
    name: 'instances that came with the old model are brought along',
    find: 'if (joined.rows.length === 0) return',
    without: 'if (joined.rows.length >= 0) return',
    test: ['orchestrators/trouble.long.ts', 'brings along instances that came before the model was written'],
  },
  {
    name: 'whoever chose instances has not chosen those that came later',
    find: '!isChosen && isWritten',
    without: 'isWritten',
    test: ['orchestrators/trouble.long.ts', 'leaves alone who came later where instances were chosen'],
  },
  {
    name: 'skipped instances do not join by the back door',
    find: '...kept.plan.skipped.map(({ instance }) => instance),',
    without: '',
    test: ['orchestrators/selection.test.ts', 'skips protected and switched-off instances, and reports them'],
  },
];
