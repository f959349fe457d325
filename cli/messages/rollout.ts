type Counts = Readonly<Record<string, number>>;

/** Where a rollout is, how far, and what it left. */
export const rollout = {
  nothingToDoIn: (phase: string) => `${phase} (nothing to do)`,
  pausedBy: (by: string | null | undefined, since: string, reason: string | null | undefined) =>
    `by ${by ?? 'a failure'} since ${since}${reason ? `: ${reason}` : ''}`,
  orElse: (why: string, first: string, others: readonly string[]) =>
    `${why} (${first}${others.length === 0 ? '' : `; or ${others.join(', ')}`})`,
  upgraded: (counts: Counts) => `${counts['upgraded'] ?? 0} of ${counts['total'] ?? 0} upgraded`,
  rolledBack: (counts: Counts) => `${counts['rolledBack'] ?? 0} rolled back`,
  underWay: 'under way',
  pinned: (path: string, was: string, now: string) => `${path}: ${was} is now ${now}`,
  was: (value: string) => `was ${value}`,
  moreThan: (top: number, more: number) => `there are more than ${top}: list --top ${more}`,
  moreNames: (count: number) => `${count} more`,
};

/** Of one instance: what it showed, and what was written to it. */
export const evidence = {
  state: (state: string, message: string | null | undefined, at: string | null | undefined) =>
    `${state}${message ? `: ${message}` : ''}${at ? ` (${at})` : ''}`,
  intended: (at: string) => `intended ${at}`,
  accepted: (at: string) => `accepted ${at}`,
  ended: (at: string) => `ended ${at}`,
  request: (id: string) => `request ${id}`,
  failed: (status: string, code: string, message: string) => `${status}, ${code}: ${message}`,
  write: (action: string, outcome: string, times: readonly string[]) =>
    `${action}, ${outcome} (${times.join(', ')})`,
};
