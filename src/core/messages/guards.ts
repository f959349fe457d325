/** What is said of guards: what Azure would do by itself and is switched off while a rollout runs. */
export const guards = {
  heldWithChange: (words: string) =>
    `${words} (the write also sets the upgrade policy to Manual or turns automatic OS upgrades off for the rollout; that may be what Azure denied)`,
  repairsNotHeld: (code: string, message: string) =>
    `automatic repairs could not be suspended, and Azure would replace instances that an upgrade takes down: ${code}: ${message}`,
  repairsNotHeldRemedy: 'let the app suspend them, or turn automatic repairs off during the rollout',
} as const;
