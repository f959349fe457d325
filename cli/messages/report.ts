interface Spread {
  readonly p50: number;
  readonly p90: number;
}

/** `90 s`, `15 min`, `2.5 h`. */
function short(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 360) / 10} h`;
}

export const report = {
  all: 'all',
  pipeline: (name: string) => `pipeline ${name}`,
  spread: ({ p50, p90 }: Spread) => (p90 === 0 ? '-' : `${short(p50)} / ${short(p90)}`),
  about: (since: string) =>
    `rollouts accepted since ${since} that have ended: half of them / nine of ten took or waited no longer`,
  incomplete: 'there were more than are counted: only the newest are',
};
