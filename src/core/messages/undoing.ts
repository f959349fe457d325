/** Why a rollback does not put something back. */
export const undoing = {
  deleted: 'a deleted instance is gone for good, and so is the data on its disks',
  unreadable: 'it can be written but never read, so the old value is unknown',
  takesOnlyLatest:
    'new disks get the newest image, and this scale set takes no exact version, so instances cannot return to the version that they run now',
  versionUnknown:
    'new disks get the newest image, and the instances do not show which version they run, so the model cannot be pinned to it',
  diskGrows: 'a data disk cannot be made smaller again',
} as const;
