import type { HttpHandler, HttpRequest, InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import { z } from 'zod';
import type { Command } from '../core/record/command.ts';
import { END_PHASES, LIVE_PHASES, isEnded } from '../core/record/phase.ts';
import type { RolloutRecord } from '../core/record/rollout.ts';
import { fieldErrors, scaleSetId, scaleSetKey } from '../core/spec/spec.ts';
import { recover } from '../operations/recover.ts';
import { phaseShown, standingOf } from '../core/run/standing.ts';
import { readEvents } from '../store/events.ts';
import { listRollouts } from '../store/list.ts';
import { readPlan } from '../store/plans.ts';
import type { Store } from '../store/port.ts';
import { readRecords } from '../store/records.ts';
import type { Records } from '../store/records.ts';
import { readRollout } from '../store/rollouts.ts';
import type { StoredRollout } from '../store/rollouts.ts';
import type { App } from './app.ts';
import { notFound } from './problem.ts';
import { withPulse } from './pulse.ts';
import { handle, invalidQuery, isKeyName, json, jsonWithEtag, noQuery, queryOf } from './request.ts';
import { instanceShape, planShape, rolloutShape } from './shapes.ts';
import { workflowsOf } from './workflow.ts';

export interface Found {
  readonly record: RolloutRecord;
  readonly commands: readonly Command[];
}

/** The rollout that a request asks for; if its workflow is dead, the request sets it going again. */
export async function findRollout(
  app: App,
  request: HttpRequest,
  context: InvocationContext,
): Promise<Found> {
  const ports = app.ports();
  const id = request.params['id'] ?? '';
  const stored = isId(id) ? await readRollout(ports.store, id) : undefined;
  if (stored === undefined) throw notFound(`rollout ${id}`);
  return { ...stored, record: await recovered(stored, app, context) };
}

/** The same with its rows and operations, which are much more to read. */
export async function findRecords(
  app: App,
  request: HttpRequest,
  context: InvocationContext,
): Promise<Pick<Records, 'record' | 'commands' | 'rows' | 'operations'>> {
  const id = request.params['id'] ?? '';
  const records = isId(id) ? await readRecords(app.ports().store, id) : undefined;
  if (records === undefined) throw notFound(`rollout ${id}`);
  const { commands, rows, operations } = records;
  return { record: await recovered(records, app, context), commands, rows, operations };
}

function isId(id: string): boolean {
  return /^[\w.:-]{1,100}$/.test(id);
}

async function recovered(
  stored: StoredRollout,
  app: App,
  context: InvocationContext,
): Promise<RolloutRecord> {
  try {
    return await recover(stored, app.ports(), workflowsOf(df.getClient(context)));
  } catch (error) {
    // The request can be answered nevertheless, and the timer tries again.
    context.error(`the workflow of rollout ${stored.record.id} could not be looked after`, error);
    return stored.record;
  }
}

/** `GET /rollouts/{id}` */
export function getRollout(app: App): HttpHandler {
  return handle(async (request, context) => {
    noQuery(request);
    const ports = app.ports();
    const { record: stored, commands } = await findRollout(app, request, context);
    const record = await withPulse(stored, ports);
    const headers = isEnded(record.phase) ? {} : { 'retry-after': String(ports.pace.pollSeconds) };
    return jsonWithEtag(request, rolloutShape(record, commands), headers);
  });
}

/** `GET /rollouts/{id}/plan` */
export function getPlan(app: App): HttpHandler {
  return handle(async (request, context) => {
    noQuery(request);
    const { store } = app.ports();
    const { record } = await findRollout(app, request, context);
    const kept = await readPlan(store, record.id);
    if (kept === undefined) throw notFound(`plan of rollout ${record.id}`);
    return jsonWithEtag(request, planShape(kept.plan));
  });
}

/** `GET /rollouts/{id}/instances` */
export function getInstances(app: App): HttpHandler {
  return handle(async (request, context) => {
    noQuery(request);
    const { rows } = await findRecords(app, request, context);
    return jsonWithEtag(request, { value: rows.map((row) => instanceShape(row)) });
  });
}

/** `GET /rollouts/{id}/events`, oldest first. */
export function getEvents(app: App): HttpHandler {
  return handle(async (request, context) => {
    noQuery(request);
    const { store } = app.ports();
    const { record } = await findRollout(app, request, context);
    return jsonWithEtag(request, { value: await readEvents(store, record.id) });
  });
}

const Query = z.strictObject({
  scaleSet: scaleSetId.optional(),
  phase: z.enum(['paused', ...LIVE_PHASES, ...END_PHASES]).optional(),
  top: z.coerce.number().int().min(1).max(100).default(20),
  skipToken: z
    .string()
    .regex(/^[\w.:-]{1,255}$/)
    .optional(),
});

/** How many rollouts one request looks through at most; a filter that finds few gives a link to go on. */
const MOST_LOOKED_AT = 300;

/** `GET /rollouts`, newest first. */
export function getRollouts(app: App): HttpHandler {
  return handle(async (request) => {
    const query = Query.safeParse(queryOf(request));
    if (!query.success) {
      throw invalidQuery(fieldErrors(query.error));
    }
    const { value, next } = await search(app.ports().store, query.data);
    const link = next === undefined ? {} : { nextLink: linkTo(request, next) };
    return json(200, { value, ...link });
  });
}

async function search(
  store: Store,
  { scaleSet, phase, top, skipToken }: z.infer<typeof Query>,
): Promise<{ value: object[]; next?: string }> {
  const value: object[] = [];
  let after = skipToken;
  for (let looked = 0; looked < MOST_LOOKED_AT;) {
    const page = await listRollouts(store, top, after);
    looked += page.length;
    for (const { row, id, ...listed } of page) {
      after = row;
      if (scaleSet !== undefined && listed.scaleSet !== scaleSetKey(scaleSet)) continue;
      if (phase !== undefined && listed.phase !== undefined && listed.phase !== phase) continue;
      const stored = await readRollout(store, id);
      if (stored === undefined) continue;
      const { record, commands } = stored;
      if (phase !== undefined && phaseShown(record, standingOf(record, commands)) !== phase) continue;
      if (value.push(rolloutShape(record, commands)) === top) return { value, next: row };
    }
    if (page.length < top) return { value };
  }
  return after === undefined ? { value } : { value, next: after };
}

function linkTo(request: HttpRequest, skipToken: string): string {
  const url = new URL(request.url);
  for (const name of [...url.searchParams.keys()].filter(isKeyName)) url.searchParams.delete(name);
  url.searchParams.set('skipToken', skipToken);
  return url.href;
}
