/** What was done and how it is undone, for a bad night. */
export const explain = {
  noPlan: 'there is none yet',
  nothingSent: 'nothing was sent to Azure',
  nothing: 'nothing',
  underWay: 'under way',
  toRollBack: 'to be rolled back',
  rolledBack: 'rolled back',
  nothingToUndo: 'nothing to undo',
  thenGuards: 'Then, when all of that is done and every instance is healthy:',
  cannotBeUndone: 'Cannot be undone this way:',
  stillRunning: 'The rollout is still running: while the app answers, use it to roll back instead.',
  oneAtATime: 'Run these one at a time; wait until each has ended and its instances are healthy:',
};

/** Scale sets that are held and should not be. */
export const doctor = {
  noneStuck: 'no stuck rollouts',
  noGuards: 'no guards left behind',
  stillHolds: (id: string, guard: string, was: string | null | undefined) =>
    `${id} still holds ${guard}, which was ${was ?? 'unknown'}`,
  waiting: (scaleSet: string, ids: readonly string[]) => `${scaleSet}: ${ids.join(', ')} wait in the queue`,
  atWork: (count: number) => `${count} ${count === 1 ? 'rollout is' : 'rollouts are'} at work`,
  freed: 'the scale set is free',
  restarted: 'the rollout continues',
  none: 'nothing: no rollout holds the scale set',
};

/** What stops or limits all rollouts. */
export const switches = {
  frozen: (
    by: string | null | undefined,
    since: string | null | undefined,
    reason: string | null | undefined,
  ) => `frozen by ${by ?? 'somebody'} since ${since ?? 'some time'}: ${reason ?? ''}`,
  notFrozen: 'not frozen: rollouts may write',
  act: (at: string, what: 'lifted' | 'frozen', who: string, why: string) =>
    `${at}  ${what} by ${who}: ${why}`,
  everywhere: 'rollouts are allowed everywhere',
  allowedIn: (where: string) => `rollouts are allowed in ${where}`,
  noRules: 'no rules',
};
