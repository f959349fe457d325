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
  noVersions:
    'its model names neither a marketplace image nor one of a gallery, so it has no versions to follow',
  secret: 'a schedule keeps no secrets: everybody who may look at it sees them',
  otherImage: 'its model names another image than the source of the schedule',
  excludedFromLatest: 'its owner has excluded it from latest',
  endOfLife: (at: string) => `its end of life was ${at}`,
  notInRegion: (region: string) => `it is not replicated to ${region}`,
  replicating: (region: string) => `its copy in ${region} is not complete yet`,
  deprecated: 'its publisher has deprecated it',
  notOffered: (version: string) => `takes ${version} when its region offers it`,
  automaticOsUpgrade:
    'its automatic OS upgrades are on, so Azure upgrades it by itself and the schedule leaves it alone',
  noVersion: 'no published version matches the schedule',
  tooYoung: (version: string, ripe: string) => `${version} is too young until ${ripe}`,
  failed: (version: string, rollout: string, end: string) =>
    `rollout ${rollout} of ${version} ended ${end} here; ${version} is not tried again until somebody releases it`,
  failedElsewhere: (
    version: string,
    { scaleSet, end }: { readonly scaleSet: string; readonly end: string },
  ) => `${version} ended ${end} on ${scaleSet}; no other scale set takes it until somebody releases it`,
  alreadyRolledOut: (version: string, rollout: string) =>
    `${version} was rolled out by ${rollout}, and something has changed the scale set since; release it to roll it out again`,
  underWay: (version: string, rollout: string) => `rollout ${rollout} is bringing it to ${version}`,
  held: (version: string, holder: string) => `takes ${version} when rollout ${holder} has ended`,
  ringHasOther: (ring: string) =>
    `no scale set of ring ${ring} has this image, so nothing proves its versions`,
  ringMixed: (ring: string) => `waits until all of ring ${ring} runs one version`,
  ringRunsOther: (ring: string, version: string) =>
    `ring ${ring} runs ${version}, which does not match the schedule`,
  ringSoaks: (version: string, ring: string, until: string) =>
    `takes ${version} when ring ${ring} has run it until ${until}`,
  travelling: (version: string, before: string) => `takes ${version} when ${before} has passed all rings`,
  window: (version: string, opens: string | undefined) =>
    `takes ${version} when its window opens${opens === undefined ? ', but it never opens again' : `, at ${opens}`}`,
  concurrency: (version: string, most: number) =>
    `takes ${version} when one of the ${most} open rollouts of the schedule has ended`,
  refused: (version: string, why: string) => `would take ${version}, but its rollout is refused: ${why}`,
  unreadable: (why: string) => `cannot be read now: ${why}`,
  throttled: (seconds: number) => `Azure is throttling this app for ${seconds} seconds`,
  missing: 'is not there',
  disabled: 'the schedule is switched off',
  moved: 'the schedule has changed since you read it',
  wantsIfMatch:
    'send If-Match with the ETag of the version that you replace, or "schedule-0" for a new schedule',
  unknown: (name: string) => `there is no schedule "${name}"`,
  nothingToRelease: (version: string) =>
    `${version} has not failed in this schedule since it was last released`,
} as const;
