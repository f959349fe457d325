import { http } from '../core/messages/http.ts';
import type { HttpHandler } from '@azure/functions';
import { z } from 'zod';
import type { Place } from '../core/access/area.ts';
import { denialOf } from '../core/access/rights.ts';
import { takeOver } from '../operations/take-over.ts';
import { viewLeases } from '../operations/view-leases.ts';
import type { LeaseView } from '../operations/view-leases.ts';
import type { Lease } from '../core/record/lease.ts';
import { heldBy } from '../core/run/left.ts';
import { waitingIn } from '../core/run/queue.ts';
import { fieldErrors } from '../core/spec/field-errors.ts';
import type { Answer } from './api/parts.ts';
import type { Lease as LeaseAnswer } from './api/plan.ts';
import { callerOf, mayRead } from './allowed.ts';
import type { App } from './app.ts';
import { countRequest } from './limited.ts';
import { forbidden, invalidSpec, notFound, ProblemError } from './problem.ts';
import { readJson } from './read-json.ts';
import { handle, idIn, json, jsonWithEtag, noQuery } from './request.ts';
import { workflowsOf } from './workflow.ts';

/** `GET /leases`: who holds which scale set, whether the holder still works, and the guards that ended rollouts left. */
export function getLeases(app: App): HttpHandler {
  return handle(async (request, context) => {
    noQuery(request);
    const { leases, guardsLeft } = await viewLeases(app.ports(), workflowsOf(context));
    return jsonWithEtag(request, {
      value: leases
        .filter(({ lease, record }) => mayRead(request, record ?? lease))
        .map((view) => leaseShape(view)),
      guardsLeft: guardsLeft.filter((guard) => mayRead(request, guard)),
    });
  });
}

function leaseShape({ id, lease, record, health }: LeaseView): Answer<typeof LeaseAnswer> {
  return {
    id,
    scaleSet: lease.scaleSet,
    rolloutId: lease.rolloutId,
    token: lease.token,
    since: lease.since,
    phase: record?.phase ?? null,
    state: health.state,
    message: health.message,
    canTakeOver: 'cure' in health,
    remedy: 'cure' in health ? http.takeOver(id) : null,
    heldGuards: record === undefined ? [] : heldBy(record),
    waiting: waitingIn(lease).map((queued) => queued.rolloutId),
  };
}

function takenShape(id: string, { scaleSet, token, since }: Lease) {
  return { id, scaleSet, token, since };
}

export const TakeOverBody = z.strictObject({ reason: z.string().max(1000).optional() });

/** `POST /leases/{id}/take-over`: only from a holder that is dead. */
export function takeLeaseOver(app: App): HttpHandler {
  return handle(async (request, context) => {
    noQuery(request);
    const parsed = TakeOverBody.safeParse(await readJson(request, { optional: true }));
    if (!parsed.success) throw invalidSpec(fieldErrors(parsed.error));
    const id = idIn(request);
    if (!/^[0-9a-f]{32}$/.test(id)) throw notFound(`lease ${id}`);
    await countRequest(app, 'takeOver', request);
    const caller = callerOf(request);
    const mayTake = (place: Place) => denialOf('takeOver', caller, place);
    const asked = { id, by: caller.name, reason: parsed.data.reason, mayTake };
    const taken = await takeOver(asked, app.ports(), workflowsOf(context));
    switch (taken.kind) {
      case 'noLease':
        throw notFound(`lease ${id}`);
      case 'denied':
        throw new ProblemError(forbidden(taken.denial));
      case 'refused':
        throw new ProblemError({
          status: 409,
          code: 'scaleSetBusy',
          detail: http.leaseKept(taken.health.message),
          remedy: http.leaseKeptRemedy(taken.holder),
          rolloutId: taken.holder,
        });
      case 'free':
        return json(200, { ...takenShape(id, taken.lease), rolloutId: null, action: 'none' });
      case 'done': {
        const action = taken.cure === 'free' ? 'freed' : 'restarted';
        return json(200, {
          ...takenShape(id, taken.lease),
          rolloutId: taken.lease.rolloutId ?? null,
          from: taken.holder,
          action,
        });
      }
    }
  });
}
