/** A feature that is wanted and that nothing is there of. */
interface NotYet {
  readonly feature: string;
  readonly source: string;
  readonly comesWith: string;
}

/** What `docs/FEATURES.md` ends with. */
export const NOT_YET: readonly NotYet[] = [
  { feature: 'Flexible scale sets', source: 'A7, D25', comesWith: 'Flexible sets' },
  {
    feature: 'Metric, alert and webhook gates',
    source: 'E35, E36, E38, new 3',
    comesWith: 'hooks and gates',
  },
  {
    feature: 'Surge: new instances first, quota and addresses',
    source: 'C19, J59, new 9',
    comesWith: 'surge',
  },
  { feature: 'Drain and hooks for each instance', source: 'O74, O75, new 10', comesWith: 'hooks' },
];
