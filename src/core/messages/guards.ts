/** What is said of guards: what Azure would do by itself and is switched off while a rollout runs. */
export const guards = {
  heldWithChange: (words: string) =>
    `${words} (the write with the change also sets the upgrade policy to Manual while the rollout runs: that may be what is denied)`,
  repairsNotHeld: (code: string, message: string) =>
    `automatic repairs could not be suspended, and Azure would replace instances that an upgrade takes down: ${code}: ${message}`,
  repairsNotHeldRemedy:
    'let the app suspend them, or switch automatic repairs off for the time of the rollout',
} as const;
