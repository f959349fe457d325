import { z } from 'zod';
import { count, maybe, text, time } from '../../core/model/schemas.ts';
import { NoticeSettings, NoticeSettingsVersion } from '../../core/notices/settings.ts';

/** After they were set; their versions are told to whoever asks. */
export const NoticesState = z.strictObject({ settings: NoticeSettings });

export const NoticesView = z.strictObject({
  settings: NoticeSettings,
  versions: z.array(NoticeSettingsVersion),
});

const DeadLetter = z.strictObject({
  id: text,
  notice: text,
  target: text,
  rollout: text,
  kind: text,
  at: time,
  tries: count,
  last: maybe(z.strictObject({ at: time, code: text })),
});

const UnderWay = z.strictObject({
  target: text,
  count,
  tries: count,
  nextAt: time,
  code: maybe(text),
});

export const DeadLetters = z.strictObject({
  value: z.array(DeadLetter),
  underWay: maybe(z.array(UnderWay)),
  nextLink: maybe(text),
});

export const GateLink = z.strictObject({
  rollout: text,
  batch: count,
  open: z.boolean(),
  message: text,
  expires: time,
  planHash: maybe(text),
});

export const Resent = z.strictObject({ id: text });
