import type { HttpHandler, HttpRequest } from '@azure/functions';
import { z } from 'zod';
import { notices as words } from '../core/messages/notices.ts';
import { NoticeSettings, settingOf } from '../core/notices/settings.ts';
import type { NoticeSettings as Settings } from '../core/notices/settings.ts';
import { secretsIn } from '../core/notices/signature.ts';
import { fieldErrors } from '../core/spec/field-errors.ts';
import type { FieldError } from '../core/spec/field-errors.ts';
import {
  listDeadLetters,
  listUnderWay,
  resendNotice,
  setNotices,
  viewNotices,
} from '../operations/notices.ts';
import { targetUrl } from '../outbound/target.ts';
import type { DeadLetters, NoticesState, NoticesView, Resent } from './api/notices.ts';
import type { Answer } from './api/parts.ts';
import type { App } from './app.ts';
import { countRequest } from './limited.ts';
import { invalidSpec, notFound, ProblemError } from './problem.ts';
import { readJson } from './read-json.ts';
import { handle, invalidQuery, json, jsonWithEtag, nextLink, noQuery, queryOf } from './request.ts';

const reason = z.string().min(1).max(1000).optional();

export const NoticesBody = z.strictObject({ settings: NoticeSettings, reason });
export const ResendBody = z.strictObject({ reason });

/** `GET /notices`: who is told what, with its ETag, and every version that there ever was. */
export function getNotices(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const { number, settings, versions } = await viewNotices(app.ports());
    const view: Answer<typeof NoticesView> = { settings, versions };
    return json(200, view, { etag: etagOf(number) });
  });
}

/** `PUT /notices`: only over the version that the caller has read. */
export function putNotices(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const after = versionIn(request);
    const parsed = NoticesBody.safeParse(await readJson(request));
    if (!parsed.success) throw invalidSpec(fieldErrors(parsed.error));
    const { settings, reason: why } = parsed.data;
    const wrong = wrongTargets(settings, app);
    if (wrong.length > 0) throw invalidSpec(wrong);
    await countRequest(app, 'setNotices', request);
    const by = app.identity.callerOf(request).name;
    const asked = { settings, by, after, ...(why !== undefined && { reason: why }) };
    if (!(await setNotices(asked, app.ports()))) throw moved();
    const state: Answer<typeof NoticesState> = { settings };
    return json(200, state, { etag: etagOf(after + 1) });
  });
}

/** What could never be sent is said at once: where to, and with a secret that is there. Its value is in no answer. */
function wrongTargets({ hosts, targets }: Settings, app: App): readonly FieldError[] {
  const { secrets = {}, loopback = false } = app.ports().notices ?? {};
  const isAllowed = (url: string): boolean => targetUrl(url, { hosts, loopback }) !== undefined;
  return targets.flatMap((target, index) => {
    const { url, urlFrom } = target;
    const value = secrets[settingOf(target)];
    const wrong = (field: string, message: string): FieldError => ({
      path: `settings.targets.${index}.${field}`,
      message,
    });
    const [named, at] = urlFrom === undefined ? ['secret', 'url'] : ['urlFrom', 'urlFrom'];
    const isShort = urlFrom === undefined && value !== undefined && secretsIn(value) === undefined;
    const address = url ?? value;
    return [
      ...(value === undefined ? [wrong(named, words.noSetting)] : []),
      ...(isShort ? [wrong(named, words.shortSecret)] : []),
      ...(address === undefined || isAllowed(address) ? [] : [wrong(at, words.notAllowed)]),
    ];
  });
}

export const DeadLettersQuery = z.strictObject({
  top: z.coerce.number().int().min(1).max(100).default(50),
  skipToken: z
    .string()
    .regex(/^[\w.:-]{1,255}$/)
    .optional(),
});

/** `GET /notices/dead-letters`: what was given up, and why; never what it says. */
export function getDeadLetters(app: App): HttpHandler {
  return handle(async (request) => {
    const query = DeadLettersQuery.safeParse(queryOf(request));
    if (!query.success) throw invalidQuery(fieldErrors(query.error));
    const { top, skipToken: after } = query.data;
    const ports = app.ports();
    const [value, underWay] = await Promise.all([
      listDeadLetters({ top, after }, ports),
      listUnderWay(ports),
    ]);
    const page: Answer<typeof DeadLetters> = {
      value,
      ...(underWay.length > 0 && { underWay: [...underWay] }),
    };
    const last = value.at(-1)?.id;
    const link = value.length < top || last === undefined ? {} : { nextLink: nextLink(request, last) };
    return jsonWithEtag(request, { ...page, ...link });
  });
}

/** `POST /notices/dead-letters/{id}/resend` */
export function postResend(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const parsed = ResendBody.safeParse(await readJson(request, { optional: true }));
    if (!parsed.success) throw invalidSpec(fieldErrors(parsed.error));
    const id = request.params['id'] ?? '';
    if (!/^[\w.:-]{1,255}$/.test(id)) throw notFound(words.deadLetter(id));
    await countRequest(app, 'resendNotices', request);
    const by = app.identity.callerOf(request).name;
    if (!(await resendNotice({ id, by, reason: parsed.data.reason }, app.ports())))
      throw notFound(words.deadLetter(id));
    const answer: Answer<typeof Resent> = { id };
    return json(200, answer);
  });
}

function etagOf(number: number): string {
  return `"notices-${number}"`;
}

function versionIn(request: HttpRequest): number {
  const given = request.headers.get('if-match');
  if (given === null)
    throw new ProblemError({ status: 428, code: 'preconditionRequired', detail: words.wantsIfMatch });
  const number = /^(?:W\/)?"notices-(\d{1,9})"$/.exec(given.trim())?.[1];
  if (number === undefined) throw moved();
  return Number(number);
}

function moved(): ProblemError {
  const [detail, remedy] = [words.moved, words.movedRemedy];
  return new ProblemError({ status: 412, code: 'noticesMoved', detail, remedy });
}
