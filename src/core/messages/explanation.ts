/** How a rollout stands, in the words of its explanation. */
export const explanation = {
  ended: (phase: string, at: string | undefined) => `ended ${phase}${at === undefined ? '' : ` at ${at}`}`,
  at: (phase: string, batch: string | undefined) => (batch === undefined ? phase : `${phase}, ${batch}`),
  upgraded: (upgraded: number, total: number) => `, ${upgraded} of ${total} instances upgraded`,
} as const;
