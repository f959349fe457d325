/** What a rollout or a rollback would do. */
export const plan = {
  floor: (count: number) => `at least ${count} instances stay serving`,
  expected: (time: string, requests: number) => `${time}, ${requests} ARM requests`,
  upgradePolicy: (mode: string) => `the upgrade policy ${mode}`,
  repairs: 'automatic repairs',
  osUpgrades: 'automatic OS upgrades',
  size: (instances: number, batches: number) => `${instances} instances in ${batches} batches`,
};
