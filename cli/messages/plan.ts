/** What a rollout or a rollback would do. */
export const plan = {
  floor: (count: number) => `at least ${count} instances stay serving`,
  window: ({ open, until }: { readonly open: boolean; readonly until?: string | null | undefined }) =>
    `${open ? 'open' : 'closed'} ${until ? `until ${until}` : 'for good'}`,
  size: (instances: number, batches: number) =>
    `${instances} ${instances === 1 ? 'instance' : 'instances'} in ${batches} ${batches === 1 ? 'batch' : 'batches'}`,
  noInstances: 'no instances',
  takes: (size: string, seconds: number, requests: number) =>
    `${size}; takes about ${span(seconds)}, ${requests} ARM requests`,
  rollsBack: 'rolls back ',
  nothingToDo: 'nothing to do',
  warning: (code: string, message: string) => `! ${code}: ${message}`,
  heldBy: (rolloutId: string) => `! held by ${rolloutId}: a start would be refused`,
  upgradePolicy: (mode: string) => `the upgrade policy ${mode}`,
  repairs: 'automatic repairs',
  osUpgrades: 'automatic OS upgrades',
};

/** `19 min 40 s`: the two largest units, without those that are 0. */
function span(seconds: number): string {
  const whole = Math.round(seconds);
  const units = [
    [Math.floor(whole / 3600), 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ] as const;
  const first = units.findIndex(([count]) => count > 0);
  if (first === -1) return '0 s';
  const shown = units.slice(first, first + 2).filter(([count]) => count > 0);
  return shown.map(([count, unit]) => `${count} ${unit}`).join(' ');
}
