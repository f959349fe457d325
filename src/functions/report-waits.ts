import type { HttpHandler } from '@azure/functions';
import { z } from 'zod';
import { DAY_MS } from '../core/run/retention.ts';
import { fieldErrors } from '../core/spec/field-errors.ts';
import { scaleSetId } from '../core/spec/spec.ts';
import { reportWaits } from '../operations/report-waits.ts';
import { mayRead } from './allowed.ts';
import type { App } from './app.ts';
import type { Answer } from './api/parts.ts';
import type { Waits } from './api/waits.ts';
import { handle, invalidQuery, jsonWithEtag, queryOf } from './request.ts';

export const WaitsQuery = z.strictObject({
  since: z.iso.datetime({ offset: true }).optional(),
  scaleSet: scaleSetId.optional(),
});

const USUAL_DAYS = 30;

/** `GET /waits`: how long rollouts that have ended waited for people, windows, throttling and the service. */
export function getWaits(app: App): HttpHandler {
  return handle(async (request) => {
    const query = WaitsQuery.safeParse(queryOf(request));
    if (!query.success) throw invalidQuery(fieldErrors(query.error));
    const ports = app.ports();
    const { since = new Date(ports.clock.now() - USUAL_DAYS * DAY_MS).toISOString(), scaleSet } = query.data;
    const asked = {
      since: Date.parse(since),
      scaleSet,
      isMeant: (record: Parameters<typeof mayRead>[1]) => mayRead(request, record),
    };
    const { all, scaleSets, pipelines, complete } = await reportWaits(asked, ports);
    const answer: Answer<typeof Waits> = {
      since,
      complete,
      all,
      scaleSets: [...scaleSets],
      pipelines: [...pipelines],
    };
    return jsonWithEtag(request, answer);
  });
}
