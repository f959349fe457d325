import { z } from 'zod';
import { scopes } from '../access/policy.ts';
import { notices as words } from '../messages/notices.ts';
import { count, maybe, text, time } from '../model/schemas.ts';
import { NOTICE_KINDS } from './notice.ts';

/** A host, or `*.` and the domain below which hosts may be called. */
const HOST =
  /^(?:\*\.)?(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
/** Only these app settings are ever read for a target: no other secret of the app can be sent away. */
export const SECRET_SETTING = /^ROLLOUT_NOTICE_[A-Z0-9_]{1,60}$/;

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, words.nameFormat);
const setting = z.string().regex(SECRET_SETTING, words.settingFormat);
const host = z.string().regex(HOST, words.hostFormat);

const Target = z
  .strictObject({
    kind: z.enum(['webhook', 'teams', 'slack']),
    name,
    /** Of a webhook: where it is, and the app setting with the secret that signs. */
    url: z.string().min(1).max(2000).optional(),
    secret: setting.optional(),
    /** Of a channel: the app setting with its address, since whoever has that may write there. */
    urlFrom: setting.optional(),
  })
  .superRefine((target, context) => {
    const isHook = target.kind === 'webhook';
    for (const field of ['url', 'secret', 'urlFrom'] as const) {
      const isWanted = (field === 'urlFrom') !== isHook;
      if (isWanted === (target[field] !== undefined)) continue;
      const message = isWanted ? words.needed(target.kind) : words.notOf(target.kind);
      context.addIssue({ code: 'custom', path: [field], message });
    }
  });
export type Target = Readonly<z.infer<typeof Target>>;

/** The app setting that a target refers to. */
export function settingOf({ secret, urlFrom }: Target): string {
  return secret ?? urlFrom ?? '';
}

const Route = z.strictObject({
  targets: z.array(name).min(1).max(20),
  /** Of which scale sets; of all without it. */
  scopes: scopes.optional(),
  /** Of rollouts with all of these labels. */
  labels: z.record(z.string().min(1).max(100), z.string().max(1000)).optional(),
  /** Which kinds of notices; all without it. */
  kinds: z.array(z.enum(NOTICE_KINDS)).min(1).optional(),
});
export type Route = Readonly<z.infer<typeof Route>>;

/** Who is told what, and where notices may go at all. */
export const NoticeSettings = z
  .strictObject({
    hosts: z.array(host).max(50).default([]),
    targets: z.array(Target).max(50).default([]),
    routes: z.array(Route).max(200).default([]),
    remindAfterSeconds: z.int().min(60).max(604_800).default(3600),
    escalateAfterSeconds: z.int().min(60).max(604_800).default(14_400),
  })
  .superRefine(({ targets, routes }, context) => {
    const names = targets.map((target) => target.name);
    for (const [index, one] of names.entries())
      if (names.indexOf(one) !== index)
        context.addIssue({ code: 'custom', path: ['targets', index, 'name'], message: words.sameName });
    for (const [index, route] of routes.entries())
      if (route.targets.some((one) => !names.includes(one)))
        context.addIssue({ code: 'custom', path: ['routes', index, 'targets'], message: words.noSuchTarget });
  });
export type NoticeSettings = Readonly<z.infer<typeof NoticeSettings>>;

/** Nobody is told anything. */
export const NO_SETTINGS: NoticeSettings = NoticeSettings.parse({});

/** One version of them, kept for ever: who wrote it, and why. */
export const NoticeSettingsVersion = z.strictObject({
  number: count,
  by: text,
  at: time,
  reason: maybe(text),
  settings: NoticeSettings,
});
export type NoticeSettingsVersion = Readonly<z.infer<typeof NoticeSettingsVersion>>;
