import type { HttpHandler, HttpRequest } from '@azure/functions';
import { z } from 'zod';
import { policy } from '../core/messages/policy.ts';
import { strategies as words } from '../core/messages/strategies.ts';
import { fieldErrors } from '../core/spec/field-errors.ts';
import { NamedStrategy } from '../core/spec/named-strategy.ts';
import { findStrategy, setStrategy, viewStrategies } from '../operations/strategies.ts';
import type { Answer } from './api/parts.ts';
import type * as Api from './api/strategy.ts';
import type { App } from './app.ts';
import { countRequest } from './limited.ts';
import { invalidSpec, ProblemError } from './problem.ts';
import { refuseNever } from './refuse-never.ts';
import { givenName } from './given-name.ts';
import { readJson } from './read-json.ts';
import { handle, json, jsonWithEtag, noQuery } from './request.ts';

export const StrategyBody = z.strictObject({
  strategy: NamedStrategy,
  reason: z.string().min(1).max(1000).optional(),
});

/** `GET /strategies` */
export function getStrategies(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const value = await viewStrategies(app.ports());
    const answer: Answer<typeof Api.Strategies> = { value: [...value] };
    return jsonWithEtag(request, answer);
  });
}

/** `GET /strategies/{strategy}`: as it stands, with its ETag, and every version that there ever was. */
export function getStrategy(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const { standing, versions } = await strategyIn(request, app);
    const answer: Answer<typeof Api.StrategyView> = {
      ...standing,
      versions: versions.map(({ name: _name, strategy = null, ...version }) => ({ ...version, strategy })),
    };
    return json(200, answer, { etag: etagOf(standing.number) });
  });
}

/** `PUT /strategies/{strategy}`: only over the version that the caller has read. */
export function putStrategy(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const name = givenName(request, 'strategy');
    const after = versionIn(request);
    const parsed = StrategyBody.safeParse(await readJson(request));
    if (!parsed.success) throw invalidSpec(fieldErrors(parsed.error));
    const { strategy, reason } = parsed.data;
    refuseNever('strategy.', { approvals: strategy.approvals }, app);
    await countRequest(app, 'setStrategy', request);
    const by = app.identity.callerOf(request).name;
    const asked = { name, strategy, by, after, ...(reason !== undefined && { reason }) };
    if (!(await setStrategy(asked, app.ports()))) throw moved();
    const answer: Answer<typeof Api.StrategyState> = { name, number: after + 1, strategy };
    return json(200, answer, { etag: etagOf(after + 1) });
  });
}

/** `DELETE /strategies/{strategy}`: what was started with it goes on by what was written down. */
export function deleteStrategy(app: App): HttpHandler {
  return handle(async (request) => {
    noQuery(request);
    const after = versionIn(request);
    const { name } = (await strategyIn(request, app)).standing;
    await countRequest(app, 'setStrategy', request);
    const by = app.identity.callerOf(request).name;
    if (!(await setStrategy({ name, by, after }, app.ports()))) throw moved();
    return json(200, { name } satisfies Answer<typeof Api.StrategyDeleted>);
  });
}

async function strategyIn(request: HttpRequest, app: App) {
  const name = givenName(request, 'strategy');
  const found = await findStrategy(name, app.ports());
  if (found !== undefined) return found;
  throw new ProblemError({ status: 404, code: 'strategyNotFound', detail: words.unknown(name) });
}

function etagOf(number: number): string {
  return `"strategy-${number}"`;
}

function versionIn(request: HttpRequest): number {
  const given = request.headers.get('if-match');
  if (given === null)
    throw new ProblemError({ status: 428, code: 'preconditionRequired', detail: words.wantsIfMatch });
  const number = /^(?:W\/)?"strategy-(\d{1,9})"$/.exec(given.trim())?.[1];
  if (number === undefined) throw moved();
  return Number(number);
}

function moved(): ProblemError {
  return new ProblemError({
    status: 412,
    code: 'strategyMoved',
    detail: words.moved,
    remedy: policy.movedRemedy,
  });
}
