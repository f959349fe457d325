/** Where a path leads nowhere, in the words of `az vmss update`: people compare them with what az says. */
export const paths = {
  noIndex: (index: number, list: string) => `index ${index} doesn't exist on ${list}`,
  noItem: (value: string, key: string, list: string) =>
    `item with value '${value}' doesn't exist for key '${key}' on ${list}`,
  notUnique: (key: string, list: string) =>
    `non-unique key '${key}' found multiple matches on ${list}. Key must be unique.`,
  noIndexing: (step: string, parent: string) =>
    `${notFound(step, parent)} '${parent}' does not support further indexing.`,
  inList: (step: string, parent: string) =>
    `${notFound(step, parent)} Available options: index into the collection '${parent}' with [<index>] or [<key=value>]`,
  inObject: (step: string, parent: string, options: readonly string[]) =>
    `${notFound(step, parent)} Available options: [${options.map((name) => `'${name}'`).join(', ')}]`,
} as const;

function notFound(step: string, parent: string): string {
  return `Couldn't find '${step}' in '${parent}'.`;
}

/** What to do about a property that no rollout changes. */
export const fixed = {
  atCreation: 'it is fixed when the scale set is created; make a new scale set',
  onlyTrue: 'Azure takes only true there, which it is where nothing is said; leave it out',
  byAzure: 'Azure sets it; leave it out',
  notByRollout: 'change it by other means; a rollout never touches it',
  zones: 'zones can only be added, and not by a rollout',
  capacity: 'scale by autoscale or az vmss scale',
  extensions:
    'name it under "extensions": sending the whole list back would drop the protected settings of the others',
  whileAllDeallocated:
    'Azure takes it only while every instance is deallocated: az vmss deallocate, az vmss update --ppg, az vmss start',
  otherImage:
    'name publisher, offer, sku and version together, since Azure takes another image only whole; or make a new scale set',
  onlyBySurge:
    'with data disks in the model Azure takes it only by a rolling upgrade with max surge; use that, or take the data disks out first',
  userData:
    'change it with az vmss update --user-data, then bring the instances to it by a rollout without a change',
  unknown: 'it is not a property that a rollout may change',
} as const;
