export const OUTCOMES = ['start', 'done', 'waits', 'blocked'] as const;

export const PASSED_OVER = [
  'excludedFromLatest',
  'endOfLife',
  'notInRegion',
  'replicating',
  'deprecated',
] as const;

/** Why a newer version is not even considered. */
export interface PassedOver {
  readonly version: string;
  readonly code: (typeof PASSED_OVER)[number];
  readonly message: string;
}

/** What becomes of one set at one look. `blocked` is what only a person, or a newer version, can change. */
export interface Decision {
  readonly outcome: (typeof OUTCOMES)[number];
  readonly code: string;
  readonly message: string;
  readonly version?: string;
  readonly rolloutId?: string;
  /** When it may be otherwise. */
  readonly until?: string;
  /** Newer versions that nobody is to take, the newest first. */
  readonly passedOver?: readonly PassedOver[];
}

type More = Pick<Decision, 'version' | 'rolloutId' | 'until'>;

export function waits(code: string, message: string, more: More = {}): Decision {
  return { outcome: 'waits', code, message, ...more };
}

export function blocked(code: string, message: string, more: More = {}): Decision {
  return { outcome: 'blocked', code, message, ...more };
}
