import { z } from 'zod';
import { count, maybe, schemaOf, text, texts, time } from '../model/schemas.ts';

/** What people and systems outside can be told of a rollout. */
export const NOTICE_KINDS = [
  'phaseChanged',
  'approvalRequested',
  'reminder',
  'escalation',
  'failed',
  'recovered',
  'ended',
] as const;

export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** One of them, as it was when it happened; whom to tell is decided when it is sent. */
export interface Notice {
  readonly kind: NoticeKind;
  /** As the API showed it then. */
  readonly phase: string;
  /** The phase before; only where it has changed. */
  readonly before?: string;
  readonly message: string;
  readonly batch?: number;
  /** Of a campaign; counts from 0. */
  readonly stage?: number;
  readonly instances?: readonly string[];
  /** Of an approval: when its gate opened, and when it expires. */
  readonly since?: string;
  readonly until?: string;
  readonly planHash?: string;
  /** Of a failure. */
  readonly code?: string;
  readonly remedy?: string;
}

export const notice = schemaOf<Notice>()(
  z.strictObject({
    kind: z.enum(NOTICE_KINDS),
    phase: text,
    before: maybe(text),
    message: text,
    batch: maybe(count),
    stage: maybe(count),
    instances: maybe(texts),
    since: maybe(time),
    until: maybe(time),
    planHash: maybe(text),
    code: maybe(text),
    remedy: maybe(text),
  }),
);
