import { left } from '../core/messages/failures.ts';
import { http } from '../core/messages/http.ts';
import type { HttpHandler } from '@azure/functions';
import * as df from 'durable-functions';
import { z } from 'zod';
import { possibleNow } from '../core/explain/possible.ts';
import { fingerprint } from '../core/model/canonical.ts';
import type { Command, CommandName } from '../core/record/command.ts';
import type { LedgerRow } from '../core/record/ledger.ts';
import { isEnded } from '../core/record/phase.ts';
import { objectionTo } from '../core/run/objections.ts';
import type { Objection } from '../core/run/objections.ts';
import { objectionToQuarantine } from '../core/run/quarantine.ts';
import { fieldErrors } from '../core/spec/spec.ts';
import { appendCommand } from '../store/commands.ts';
import type { Store } from '../store/port.ts';
import { readRecords } from '../store/records.ts';
import type { App } from './app.ts';
import { invalidSpec, keyReused, ProblemError } from './problem.ts';
import { findRollout } from './read-rollouts.ts';
import type { Found } from './read-rollouts.ts';
import { readJson } from './read-json.ts';
import { handle, idempotencyKey, json, noQuery } from './request.ts';
import { rolloutShape } from './shapes.ts';
import { wake } from './workflow.ts';

const Body = z.strictObject({
  reason: z.string().max(1000).optional(),
  batch: z.int().nonnegative().optional(),
  instances: z.array(z.string().min(1).max(100)).min(1).max(1000).optional(),
});

/** `POST /rollouts/{id}/{command}`: appends to the command log, then wakes the workflow. */
export function sendCommand(app: App, name: CommandName): HttpHandler {
  return handle(async (request, context) => {
    // fence I17: what a command says in the query is not passed over
    noQuery(request);
    const parsed = Body.safeParse(await readJson(request, { optional: true }));
    if (!parsed.success) throw invalidSpec(fieldErrors(parsed.error));
    const body = parsed.data;
    if (name === 'skip' && body.batch === undefined && body.instances === undefined) {
      throw invalidSpec([{ path: 'batch', message: http.skipWhat }]);
    }
    if (name === 'quarantine' && body.instances === undefined) {
      throw invalidSpec([{ path: 'instances', message: http.quarantineWhat }]);
    }
    const { store, clock, pace } = app.ports();
    const key = idempotencyKey(request);
    const requestHash = fingerprint({ name, ...body });
    const by = app.identity(request);
    for (;;) {
      const { record, commands } = await findRollout(app, request, context);
      const headers = { 'retry-after': String(pace.pollSeconds) };
      const earlier = commands.find(({ idempotencyKey: known }) => key !== undefined && known === key);
      // fence I17: a command with the same key counts once
      if (earlier !== undefined) {
        // fence I17: a key stands for one request
        if (earlier.requestHash !== requestHash) throw keyReused('command', record.id);
        return json(202, rolloutShape(record, commands), headers);
      }
      const rows = name === 'quarantine' ? await rowsOf(store, record.id) : [];
      const asked = { command: name, by, ...body };
      const objection = objectionTo(asked, record, commands) ?? objectionToQuarantine(asked, rows);
      // fence I17: a command that is not possible now is not taken
      if (objection !== undefined) throw await problemOf(objection, { record, commands }, store);
      const isForGate = name === 'approve' || name === 'reject';
      const { gate } = record;
      const command: Command = {
        sequence: (commands.at(-1)?.sequence ?? 0) + 1,
        command: name,
        by,
        at: new Date(clock.now()).toISOString(),
        ...given(body),
        ...(isForGate && gate !== undefined && { batch: gate.batch, gateSince: gate.since }),
        ...(key !== undefined && { idempotencyKey: key, requestHash }),
      };
      // Somebody else was faster: their command may change what is possible now.
      // fence I17: a command takes its number only from who is first
      if ((await appendCommand(store, record.id, command)) === undefined) continue;
      await wake(df.getClient(context), record.id);
      return json(202, rolloutShape(record, [...commands, command]), headers);
    }
  });
}

async function rowsOf(store: Store, id: string): Promise<readonly LedgerRow[]> {
  return (await readRecords(store, id))?.rows ?? [];
}

function given({ reason, batch, instances }: z.infer<typeof Body>): Partial<Command> {
  return {
    ...(reason !== undefined && { reason }),
    ...(batch !== undefined && { batch }),
    ...(instances !== undefined && { instances }),
  };
}

/** What is possible instead belongs to the answer: who asks at night must not have to look that up. */
async function problemOf(
  { code, message }: Objection,
  { record, commands }: Found,
  store: Store,
): Promise<ProblemError> {
  if (code !== 'wrongPhase') {
    return new ProblemError({ status: 403, code, detail: message, rolloutId: record.id });
  }
  const rows = await rowsOf(store, record.id);
  const possible = isEnded(record.phase) ? [] : possibleNow({ record, commands, rows });
  const remedy = isEnded(record.phase) ? http.endedRemedy(left.undo(record.id)) : http.possible(possible);
  return new ProblemError({ status: 409, code, detail: message, remedy, rolloutId: record.id });
}
