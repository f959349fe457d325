import type { Ports } from '../activities/frame/ports.ts';
import type { Limits } from '../operations/limit-requests.ts';
import type { Reach } from './callers.ts';
import type { Identity } from './identity.ts';
import type { PageFiles } from './page-files.ts';

/** What the functions are given. The ports are asked for at each call, so that they may be bound after registration. */
export interface App {
  readonly ports: () => Ports;
  readonly identity: Identity;
  readonly reach: Reach;
  /** Whether a key of the function app is wanted besides. */
  readonly keys: 'optional' | 'required';
  readonly limits: Limits;
  /** How long an ended rollout is kept. */
  readonly retentionDays: number;
  readonly version: string;
  /** The page for operators, as built. */
  readonly page: () => PageFiles;
}
