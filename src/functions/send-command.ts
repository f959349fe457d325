import type { HttpHandler } from '@azure/functions';
import { z } from 'zod';
import { left } from '../core/messages/failures.ts';
import { http } from '../core/messages/http.ts';
import type { CommandName } from '../core/record/command.ts';
import { isEnded } from '../core/record/phase.ts';
import { notTakenBy } from '../core/run/named.ts';
import { fieldErrors } from '../core/spec/field-errors.ts';
import { sendCommand } from '../operations/send-command.ts';
import type { AskedCommand, Sent } from '../operations/send-command.ts';
import { callerOf } from './allowed.ts';
import type { App } from './app.ts';
import { countRequest } from './limited.ts';
import { noRollout } from './no-rollout.ts';
import { forbidden, invalidSpec, keyReused, ProblemError, wrongPhase } from './problem.ts';
import { readJson } from './read-json.ts';
import { handle, idempotencyKey, idIn, json, noQuery, pollHeaders } from './request.ts';
import { rolloutShape } from './shapes.ts';
import { workflowsOf } from './workflow.ts';

export const CommandBody = z.strictObject({
  reason: z.string().max(1000).optional(),
  batch: z.int().nonnegative().optional(),
  instances: z.array(z.string().min(1).max(100)).min(1).max(1000).optional(),
  belowFloor: z.boolean().optional(),
  ignoreWindow: z.boolean().optional(),
  planHash: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
});

/** `POST /rollouts/{id}/{command}` */
export function postCommand(app: App, command: CommandName): HttpHandler {
  return handle(async (request, context) => {
    // fence I17: what a command says in the query is not passed over
    noQuery(request);
    const { planHash, ...said } = saidIn(await readJson(request, { optional: true }), command);
    const key = idempotencyKey(request);
    await countRequest(app, command, request);
    const asked = { rollout: idIn(request), command, caller: callerOf(request), said, planHash, key };
    const sent = await sendCommand(asked, app.ports(), workflowsOf(context));
    switch (sent.kind) {
      case 'appended':
        return json(202, rolloutShape(sent, asked.caller), pollHeaders(app));
      case 'denied':
        throw new ProblemError({ ...forbidden(sent.denial), rolloutId: asked.rollout });
      case 'noRollout':
        throw noRollout(asked.rollout, app);
      case 'keyReused':
        throw keyReused('command', sent.rolloutId);
      case 'unknown':
        throw invalidSpec(sent.errors);
      case 'objection':
        throw problemOf(sent);
    }
  });
}

function saidIn(body: unknown, command: CommandName): AskedCommand['said'] & Pick<AskedCommand, 'planHash'> {
  const parsed = CommandBody.safeParse(body);
  if (!parsed.success) throw invalidSpec(fieldErrors(parsed.error));
  const { reason, batch, instances, belowFloor, ignoreWindow, planHash } = parsed.data;
  const stray = notTakenBy({ command, batch, instances, belowFloor, ignoreWindow, planHash });
  // fence I17: a command that names what it does not mean is not taken
  if (stray.length > 0) throw invalidSpec(stray);
  if (command === 'skip' && batch === undefined && instances === undefined) {
    throw invalidSpec([{ path: 'batch', message: http.skipWhat }]);
  }
  if (command === 'quarantine' && instances === undefined) {
    throw invalidSpec([{ path: 'instances', message: http.quarantineWhat }]);
  }
  return {
    ...(reason !== undefined && { reason }),
    ...(batch !== undefined && { batch }),
    ...(instances !== undefined && { instances }),
    ...(belowFloor === true && { belowFloor }),
    ...(ignoreWindow === true && { ignoreWindow }),
    ...(planHash !== undefined && { planHash }),
  };
}

/** What is possible instead belongs to the answer: who asks at night must not have to look that up. */
function problemOf({
  objection: { code, message },
  possible,
  record: { id, phase },
}: Extract<Sent, { readonly kind: 'objection' }>): ProblemError {
  if (code !== 'wrongPhase') return new ProblemError({ status: 403, code, detail: message, rolloutId: id });
  const remedy = isEnded(phase) ? http.endedRemedy(left.undo(id)) : http.possible(possible);
  return wrongPhase(message, id, remedy);
}
