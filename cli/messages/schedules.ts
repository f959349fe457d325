/** What the command line says of schedules. */
export const schedulesTold = {
  passesOver: (version: string, why: string) => `passes over ${version}: ${why}`,
} as const;
