/** Why a schedule starts a rollout on a scale set, or does not. */
export const schedules = {
  reason: (name: string, version: string) => `schedule ${name} takes ${version}`,
  start: (version: string, from: string) => `takes ${version}; ${from}`,
  runs: (version: string) => `its instances run ${version}`,
  runsSeveral: (versions: readonly string[]) => `its instances run ${versions.join(', ')}`,
  olderThanLatest: (versions: readonly string[]) =>
    `its model says latest, its instances run ${versions.join(', ')}`,
  modelSays: (version: string) => `its model says ${version}`,
  upToDate: (version: string) => `is on ${version}`,
  runsNewer: (version: string, newer: string) => `runs ${newer}, which is newer than ${version}`,
  notPlatform: 'its model names no image of the market place, and schedules know no other',
  automaticOsUpgrade:
    'its automatic OS upgrades are on, so Azure upgrades it by itself; the schedule stays out of its way',
  noVersion: 'no published version is right for the schedule',
  tooYoung: (version: string, ripe: string) => `${version} is too young until ${ripe}`,
  failed: (version: string, rollout: string, end: string) =>
    `${version} has ended ${end} here, as rollout ${rollout}; it is not tried again before somebody releases it`,
  failedElsewhere: (
    version: string,
    { scaleSet, end }: { readonly scaleSet: string; readonly end: string },
  ) => `${version} has ended ${end} on ${scaleSet}; no other set takes it before somebody releases it`,
  alreadyRolledOut: (version: string, rollout: string) =>
    `${version} was rolled out as ${rollout}, and something has changed the set since; release it to roll it out again`,
  underWay: (version: string, rollout: string) => `takes ${version} as rollout ${rollout}`,
  held: (version: string, holder: string) => `takes ${version} when rollout ${holder} has ended`,
  ringMixed: (ring: string) => `waits until all of ring ${ring} run one version`,
  ringRunsOther: (ring: string, version: string) =>
    `ring ${ring} runs ${version}, which is not right for the schedule`,
  ringSoaks: (version: string, ring: string, until: string) =>
    `takes ${version} when ring ${ring} has run it until ${until}`,
  travelling: (version: string, before: string) =>
    `takes ${version} when ${before} has come through the rings`,
  window: (version: string, opens: string | undefined) =>
    `takes ${version} when its window opens${opens === undefined ? ', which it never does again' : `, at ${opens}`}`,
  concurrency: (version: string, most: number) =>
    `takes ${version} when one of the ${most} open rollouts of the schedule has ended`,
  refused: (version: string, why: string) => `would take ${version}, but its rollout is refused: ${why}`,
  unreadable: (why: string) => `cannot be read now: ${why}`,
  throttled: (seconds: number) => `Azure is throttling this app for ${seconds} seconds`,
  outOfScope: 'the policy allows no rollouts over this scale set',
  missing: 'is not there',
  disabled: 'the schedule is switched off',
  moved: 'the schedule has changed since you read it',
  movedRemedy: 'read it again, and send your change with the ETag that you get',
  wantsIfMatch:
    'say which version of the schedule you replace: If-Match with its ETag, or "schedule-0" for a new one',
  unknown: (name: string) => `there is no schedule "${name}"`,
  nameFormat: 'must be 1 to 63 lower-case letters, digits and hyphens',
  nothingToRelease: (version: string) =>
    `${version} has not failed in this schedule since it was last released`,
} as const;
