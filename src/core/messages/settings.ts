/** What the app says of its settings. */
export const settings = {
  requestTooLong: (most: number, activity: number) =>
    `must be at most ${most}: a step reads and writes, and ends within ${activity} seconds`,
  localOnly: (reason: string) => `is for this machine only, and ${reason}`,
  onAzure: 'this is Azure',
  storageElsewhere: 'the storage account is elsewhere',
  armElsewhere: 'Azure Resource Manager is elsewhere',
  needed: 'is needed to know who calls; or switch that off with ROLLOUT_AUTH=off, on your own machine',
  foreignArm: 'must be the address of the cloud that ROLLOUT_CLOUD names, or of this machine',
} as const;
