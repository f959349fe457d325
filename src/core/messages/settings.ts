/** What the app says of its settings. */
export const settings = {
  requestTooLong: (most: number, activity: number) =>
    `must be at most ${most}: a step reads and writes, and ends within ${activity} seconds`,
  localOnly: (reason: string) => `is for this machine only, but ${reason}`,
  onAzure: 'this is Azure',
  storageElsewhere: 'the storage account is elsewhere',
  armElsewhere: 'Azure Resource Manager is elsewhere',
  page: 'must be the https address of the page, or one on this machine',
  collector: 'must be the https address of a collector, or one on this machine',
  needed: 'is required to authenticate callers; on your own machine, ROLLOUT_AUTH=off turns sign-in off',
  needsEncryptionKeys: 'is required to encrypt secrets: id:secret, the newest key first',
  unresolvedReference:
    'Key Vault did not return it: check that the secret exists and that the app’s identity may read it',
  wrongKeys: 'must be id:secret, or several with commas between them, each secret of at least 32 characters',
  sameKeyIds: 'must name each id once',
  foreignArm: 'must be the address of the cloud that ROLLOUT_CLOUD names, or of this machine',
} as const;
