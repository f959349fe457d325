/** All writes of the app are stopped, whatever rollout they are for. */
export interface Freeze {
  readonly by: string;
  readonly since: string;
  readonly reason: string;
}

/** One line of what was done about it; kept for ever. */
export interface FreezeAct {
  readonly sequence: number;
  readonly kind: 'freeze' | 'lift';
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}
