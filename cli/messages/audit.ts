/** What `audit verify` says. */
export const audit = {
  ofRollout: 'only the chain of this rollout; one that is purged by its whole id',
  head: 'its head',
  anchor: (number: number) => `anchor ${number}`,
  whole: (seen: string) => `the audit is whole: ${seen}`,
  broken: (seen: string) => `the audit is broken: ${seen}`,
  seen: ({ records, chains, anchors }: Record<'records' | 'chains' | 'anchors', number>) =>
    `${records} ${plural(records, 'record')} in ${chains} ${plural(chains, 'chain')}, ${anchors} ${plural(anchors, 'anchor')}`,
  noExport: (file: string) => `${file} is not an export of the audit`,
  fileOrApp: 'leave out either the file or --rollout: --rollout is for what the app has',
  missing: (chain: string, number: number, says: string) =>
    `chain ${chain}: record ${number} is missing, by ${says}`,
  other: (chain: string, number: number, says: string) =>
    `chain ${chain}: record ${number} is not the one of ${says}`,
  misplaced: (name: string, place: number) => `${name} stands where ${place} belongs`,
  loose: (name: string) => `${name} does not follow the one before`,
  changed: (name: string) => `${name} was changed: it does not have the hash that it names`,
} as const;

function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}
