import type { HttpHandler, HttpRequest, TimerHandler } from '@azure/functions';
import { z } from 'zod';
import { denialOf } from '../core/access/rights.ts';
import type { Act } from '../core/access/rights.ts';
import { logs } from '../core/messages/logs.ts';
import { schedules as words } from '../core/messages/schedules.ts';
import { policy } from '../core/messages/policy.ts';
import { Schedule } from '../core/schedule/schedule.ts';
import { openingAt } from '../core/run/window.ts';
import { fieldErrors } from '../core/spec/field-errors.ts';
import { besideStrategy } from '../core/spec/spec.ts';
import type { Decided } from '../operations/look-at-schedule.ts';
import { runScheduleFor, runSchedules } from '../operations/run-schedules.ts';
import {
  explainSchedule,
  findSchedule,
  releaseVersion,
  setSchedule,
  viewHistory,
  viewSchedules,
} from '../operations/schedules.ts';
import type { StandingSchedule } from '../operations/schedules.ts';
import type { Answer } from './api/parts.ts';
import { SCHEDULE_ACTS } from './api/schedule.ts';
import type * as Api from './api/schedule.ts';
import { callerOf } from './allowed.ts';
import type { App } from './app.ts';
import { countRequest } from './limited.ts';
import { invalidSpec, ProblemError } from './problem.ts';
import { refuseNever } from './refuse-never.ts';
import { givenName } from './given-name.ts';
import { readJson } from './read-json.ts';
import { handle, json, jsonWithEtag, noQuery } from './request.ts';
import { windowShape } from './shapes.ts';
import { workflowsOf } from './workflow.ts';

const reason = z.string().min(1).max(1000);

export const ScheduleBody = z.strictObject({ schedule: Schedule, reason: reason.optional() });
export const ReleaseBody = z.strictObject({ version: z.string().min(1).max(100), reason });

/** The timer that lets schedules look. */
export function runSchedulesTimer(app: App): TimerHandler {
  return async (_timer, context) => {
    await runSchedules(app.ports(), workflowsOf(context), (name, error) =>
      context.error(logs.scheduleFailed(name), error),
    );
  };
}

/** `GET /schedules` */
export function getSchedules(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const found = await viewSchedules(app.ports());
    const answer: Answer<typeof Api.Schedules> = { value: found.map(standingShape), may: mayDo(request) };
    return jsonWithEtag(request, answer);
  });
}

/** `GET /schedules/{schedule}`: as it stands, with its ETag, and every version that there ever was. */
export function getSchedule(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const found = await scheduleIn(request, app);
    const { versions, releases } = await viewHistory(found.name, app.ports());
    const answer: Answer<typeof Api.ScheduleView> = {
      ...standingShape(found),
      may: mayDo(request),
      versions: versions.map(({ name: _name, schedule = null, ...version }) => ({ ...version, schedule })),
      releases,
    };
    return json(200, answer, { etag: etagOf(found.number) });
  });
}

/** `PUT /schedules/{schedule}`: only over the version that the caller has read. */
export function putSchedule(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const name = givenName(request, 'schedule');
    const after = versionIn(request);
    const body = await readJson(request);
    const { schedule, reason: why } = bodyOf(ScheduleBody, body);
    const sent = (body as { readonly schedule: { readonly rollout?: unknown } }).schedule.rollout;
    const beside = besideStrategy(sent);
    if (beside.length > 0)
      throw invalidSpec(beside.map(({ path, ...error }) => ({ path: `schedule.rollout.${path}`, ...error })));
    refuseNever('schedule.', { windows: schedule.windows }, app);
    refuseNever('schedule.rollout.', { approvals: schedule.rollout.approvals }, app);
    await countRequest(app, 'setSchedule', request);
    const by = app.identity.callerOf(request).name;
    const asked = { name, schedule, by, after, ...(why !== undefined && { reason: why }) };
    if (!(await setSchedule(asked, app.ports()))) throw moved();
    const answer: Answer<typeof Api.ScheduleState> = { name, schedule };
    return json(200, answer, { etag: etagOf(after + 1) });
  });
}

/** `DELETE /schedules/{schedule}` */
export function deleteSchedule(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const after = versionIn(request);
    const { name } = await scheduleIn(request, app);
    await countRequest(app, 'setSchedule', request);
    const by = app.identity.callerOf(request).name;
    if (!(await setSchedule({ name, by, after }, app.ports()))) throw moved();
    return json(200, { name } satisfies Answer<typeof Api.ScheduleDeleted>);
  });
}

/** `POST /schedules/{schedule}/run` */
export function postRun(app: App): HttpHandler {
  return handle(async (request, context) => {
    noQuery(request);
    const { name, schedule } = await scheduleIn(request, app);
    if (!schedule.enabled)
      throw new ProblemError({ status: 409, code: 'scheduleDisabled', detail: words.disabled });
    await countRequest(app, 'runSchedule', request);
    const world = { ports: app.ports(), workflows: workflowsOf(context) };
    const by = app.identity.callerOf(request).name;
    const decisions = await runScheduleFor(by, { name, schedule }, world);
    const answer: Answer<typeof Api.ScheduleRun> = { name, scaleSets: decisions.map(shapeIn(schedule)) };
    return json(200, answer);
  });
}

/** `POST /schedules/{schedule}/release` */
export function postRelease(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const { name } = await scheduleIn(request, app);
    const asked = bodyOf(ReleaseBody, await readJson(request));
    await countRequest(app, 'releaseVersion', request);
    const by = app.identity.callerOf(request).name;
    const value = await releaseVersion(name, { ...asked, by }, app.ports());
    if (value === undefined) {
      const detail = words.nothingToRelease(asked.version);
      throw new ProblemError({ status: 409, code: 'nothingToRelease', detail });
    }
    return json(200, { value } satisfies Answer<typeof Api.Releases>);
  });
}

/** `GET /schedules/{schedule}/explanation` */
export function getScheduleExplanation(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const found = await scheduleIn(request, app);
    const { decisions, unreadable } = await explainSchedule(found, app.ports());
    const answer: Answer<typeof Api.ScheduleExplanation> = {
      name: found.name,
      ...looksOf(found),
      window: windowOf(found, app.ports().clock.now()),
      ...(unreadable !== undefined && { unreadable }),
      scaleSets: decisions.map(shapeIn(found.schedule)),
    };
    return jsonWithEtag(request, answer);
  });
}

const RIGHT_FOR = {
  set: 'setSchedule',
  delete: 'setSchedule',
  run: 'runSchedule',
  release: 'releaseVersion',
} as const satisfies Record<(typeof SCHEDULE_ACTS)[number], Act>;

/** What the caller may do to schedules: whoever shows them offers nothing else. */
function mayDo(request: HttpRequest) {
  return SCHEDULE_ACTS.filter((act) => denialOf(RIGHT_FOR[act], callerOf(request)) === undefined);
}

function bodyOf<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw invalidSpec(fieldErrors(parsed.error));
  return parsed.data;
}

async function scheduleIn(request: HttpRequest, app: App): Promise<StandingSchedule> {
  const name = givenName(request, 'schedule');
  const found = await findSchedule(name, app.ports());
  if (found !== undefined) return found;
  throw new ProblemError({ status: 404, code: 'scheduleNotFound', detail: words.unknown(name) });
}

function looksOf({ looked, next }: StandingSchedule) {
  return {
    lookedAt: looked === undefined ? null : new Date(looked.at).toISOString(),
    looksNext: next === undefined ? null : new Date(next).toISOString(),
  };
}

function standingShape(found: StandingSchedule) {
  const { looked: _looked, next: _next, ...standing } = found;
  return { ...standing, ...looksOf(found) };
}

function windowOf({ schedule }: StandingSchedule, now: number) {
  const opening = openingAt(schedule, now);
  return opening === undefined ? null : windowShape(opening);
}

const shapeIn =
  ({ rings }: Schedule) =>
  ({ ring, ...decided }: Decided): Answer<typeof Api.ScheduleDecision> => ({
    ...decided,
    ring: rings?.[ring]?.name ?? null,
  });

function etagOf(number: number): string {
  return `"schedule-${number}"`;
}

function versionIn(request: HttpRequest): number {
  const given = request.headers.get('if-match');
  if (given === null) {
    throw new ProblemError({ status: 428, code: 'preconditionRequired', detail: words.wantsIfMatch });
  }
  const number = /^(?:W\/)?"schedule-(\d{1,9})"$/.exec(given.trim())?.[1];
  if (number === undefined) throw moved();
  return Number(number);
}

function moved(): ProblemError {
  const [detail, remedy] = [words.moved, policy.movedRemedy];
  return new ProblemError({ status: 412, code: 'scheduleMoved', detail, remedy });
}
