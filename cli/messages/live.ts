/** What is said of a rollout while it is watched. */
export const live = {
  batchOf: (position: number, count: number) => `batch ${position}/${count}`,
  named: (name: string) => `(${name})`,
  done: (upgraded: number, total: number) => `${upgraded}/${total}`,
  left: (seconds: number) =>
    seconds < 60 ? 'less than a minute left' : `about ${Math.round(seconds / 60)} min left`,
  healthy: (healthy: number, count: number) => `${healthy}/${count} healthy`,
  tally: (upgraded: number, total: number, others: readonly string[]) =>
    `[${[`${upgraded}/${total}`, ...others].join(', ')}]`,
  some: (count: number, what: string) => `${count} ${what}`,
  rolledBack: (count: number) => `${count} rolled back`,
  noop: (phase: string) => `${phase}, nothing to do`,
  failure: (code: string, message: string | null | undefined) => [code, message].filter(Boolean).join(': '),
  /** Short enough for a line in a log. */
  short: (name: string) => name.replace(/^update domain /, 'ud ').replace(/^fault domain /, 'fd '),
  updateDomain: (domain: string) => `ud ${domain}`,
  faultDomain: (domain: string) => `fd ${domain}`,
  zone: (zone: string) => `zone ${zone}`,
  noDomain: 'all',
};

/** What a block of the heat map means. */
export const legend: Readonly<Record<string, string>> = {
  pending: 'not begun',
  upgrading: 'under way',
  settling: 'getting well',
  succeeded: 'done',
  failed: 'failed',
  skipped: 'left out',
  quarantined: 'quarantined',
  rolledBack: 'rolled back',
  gone: 'gone',
  unknown: 'nobody can tell',
};
