export const COMMANDS = [
  'pause',
  'resume',
  'approve',
  'reject',
  'rollback',
  'abort',
  'retry',
  'skip',
  'quarantine',
] as const;

export type CommandName = (typeof COMMANDS)[number];

/** One line of the command log; the log is the truth, events that announce it are only hints. */
export interface Command {
  readonly sequence: number;
  readonly command: CommandName;
  readonly by: string;
  readonly at: string;
  readonly reason?: string;
  readonly batch?: number;
  readonly instances?: readonly string[];
  /** For `quarantine`: others may go down although the floor has no room left for them. */
  readonly belowFloor?: true;
  /** For `resume`: batches begin also while no window is open. */
  readonly ignoreWindow?: true;
  /** For `approve` and `reject`: since when the gate that they mean had waited. */
  readonly gateSince?: string;
  readonly idempotencyKey?: string;
  /** Fingerprint of what was asked with that key: it stands for nothing else. */
  readonly requestHash?: string;
}
