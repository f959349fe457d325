/** What a field is, and how its value may look; a value stands with fields that hold no other fields. */
export type Words = Readonly<Record<string, readonly [says: string, example?: unknown]>>;

/** Examples of one rollout, so that they agree with each other wherever they stand. */
export const EXAMPLE = {
  rollout: '20261121-080000-32caec60',
  scaleSet:
    '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets/web',
  disk: '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/shop/providers/Microsoft.Compute/disks/data-3',
  time: '2026-11-21T08:04:10.000Z',
  before: 'Canonical:0001-com-ubuntu-server-jammy:22_04-lts:22.04.202610080',
  now: 'Canonical:0001-com-ubuntu-server-jammy:22_04-lts:22.04.202611010',
  path: 'virtualMachineProfile.storageProfile.imageReference.version',
  hash: '7b25161d45370d279a47043a8cfcca8d',
} as const;
