import { http } from '../core/messages/http.ts';
import { randomBytes } from 'node:crypto';
import type { HttpHandler } from '@azure/functions';
import * as df from 'durable-functions';
import { fingerprint } from '../core/model/canonical.ts';
import { writeOnly } from '../core/model/delta.ts';
import { secretIn } from '../core/model/secrets.ts';
import { newRollout } from '../core/record/new-rollout.ts';
import { isEnded } from '../core/record/phase.ts';
import { hideSecrets } from '../core/spec/hidden.ts';
import { readSpec } from '../core/spec/spec.ts';
import type { RolloutSpec } from '../core/spec/spec.ts';
import { recover } from '../operations/recover.ts';
import { enlist } from '../store/list.ts';
import { claimKey } from '../store/keys.ts';
import { acquireLease } from '../store/leases.ts';
import type { Store } from '../store/port.ts';
import { keepSecrets } from '../store/secrets.ts';
import { insertRollout, readRollout } from '../store/rollouts.ts';
import type { App } from './app.ts';
import { invalidSpec, keyReused, ProblemError, refusalProblem } from './problem.ts';
import type { Found } from './read-rollouts.ts';
import { readJson } from './read-json.ts';
import { handle, idempotencyKey, json, noQuery } from './request.ts';
import { rolloutShape } from './shapes.ts';
import { ensureRunning, workflowsOf } from './workflow.ts';

/** `POST /rollouts`: reserves the scale set, writes the rollout down, starts its workflow; any part may be repeated. */
export function startRollout(app: App): HttpHandler {
  return handle(async (request, context) => {
    noQuery(request);
    const spec = specOf(await readJson(request));
    const { store, clock } = app.ports();
    const now = new Date(clock.now()).toISOString();
    const id = await idFor(store, spec, { key: idempotencyKey(request), now });
    const present = await readRollout(store, id);
    if (present !== undefined) await enlist(store, present.record);
    const { record, commands } =
      present ?? (await accept(store, spec, { id, now, by: app.identity(request) }));
    // Asking again for a rollout that was accepted is a request for it like any other, and may complete its start.
    const client = df.getClient(context);
    const shown = present === undefined ? record : await recover(present, app.ports(), workflowsOf(client));
    if (!isEnded(shown.phase)) await ensureRunning(client, id);
    const retryAfter = String(app.ports().pace.pollSeconds);
    return json(202, rolloutShape(shown, commands), {
      location: `/api/rollouts/${id}`,
      'retry-after': retryAfter,
    });
  });
}

/** The spec, refused where a record of it would keep a secret. */
export function specOf(body: unknown): RolloutSpec {
  const read = readSpec(body);
  if (read.kind === 'invalid') throw invalidSpec(read.errors);
  for (const kind of ['set', 'add'] as const) {
    for (const [path, value] of Object.entries(read.spec.change[kind] ?? {})) {
      const secret = secretIn(path, value);
      if (secret !== undefined)
        throw new ProblemError(refusalProblem(writeOnly(`change.${kind}.${path}`, secret)));
    }
  }
  return read.spec;
}

async function idFor(
  store: Store,
  spec: RolloutSpec,
  { key, now }: { readonly key: string | undefined; readonly now: string },
): Promise<string> {
  const fresh = `${now.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}-${randomBytes(4).toString('hex')}`;
  if (key === undefined) return fresh;
  const specHash = fingerprint(spec);
  const claimed = await claimKey(store, key, { rolloutId: fresh, specHash });
  if (claimed.specHash === specHash) return claimed.rolloutId;
  throw keyReused('rollout', claimed.rolloutId);
}

async function accept(
  store: Store,
  spec: RolloutSpec,
  { id, now, by }: { readonly id: string; readonly now: string; readonly by: string },
): Promise<Found> {
  const { scaleSet } = spec;
  const acquired = await acquireLease(store, { scaleSet, rolloutId: id, since: now });
  if (acquired.kind === 'busy') {
    throw new ProblemError({
      status: 409,
      code: 'scaleSetBusy',
      detail: http.busy(acquired.holder),
      remedy: http.busyRemedy(acquired.holder),
      rolloutId: acquired.holder,
    });
  }
  const hidden = hideSecrets(spec);
  if (Object.keys(hidden.secrets).length > 0) await keepSecrets(store, id, hidden.secrets);
  const record = newRollout({
    id,
    spec: hidden.spec,
    requestedBy: by,
    createdAt: now,
    fencingToken: acquired.lease.token,
  });
  return { record: await insertRollout(store, record), commands: [] };
}
