/** Windows and hours on duty that would be waited for without end. */
export const windows = {
  neverOpens: 'never opens from now on: its last day is over, or it has no length, or every day is closed',
  nobodyOnDuty:
    'nobody is on duty from now on: the last day is over, or the hours have no length, or every day is closed',
  tooFewHours: (timeoutSeconds: number) =>
    `has fewer hours left than the ${timeoutSeconds} seconds that an approval is waited for`,
} as const;
