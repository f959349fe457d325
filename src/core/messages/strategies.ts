/** Named strategies. */
export const strategies = {
  unknown: (name: string) => `there is no strategy "${name}"`,
  noVersion: (name: string, version: number) => `there is no version ${version} of strategy "${name}"`,
  beside: 'does not go with namedStrategy, which is used whole',
  moved: 'the strategy has changed since you read it',
  wantsIfMatch:
    'send If-Match with the ETag of the version that you replace, or "strategy-0" for a new strategy',
} as const;
