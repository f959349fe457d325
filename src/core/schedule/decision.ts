export const OUTCOMES = ['start', 'done', 'waits', 'blocked'] as const;

/** What becomes of one set at one look. `blocked` is what only a person, or a newer version, can change. */
export interface Decision {
  readonly outcome: (typeof OUTCOMES)[number];
  readonly code: string;
  readonly message: string;
  readonly version?: string;
  readonly rolloutId?: string;
  /** When it may be otherwise. */
  readonly until?: string;
}

type More = Pick<Decision, 'version' | 'rolloutId' | 'until'>;

export function waits(code: string, message: string, more: More = {}): Decision {
  return { outcome: 'waits', code, message, ...more };
}

export function blocked(code: string, message: string, more: More = {}): Decision {
  return { outcome: 'blocked', code, message, ...more };
}
