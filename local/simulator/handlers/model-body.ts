import { z } from 'zod';
import { ArmError } from '../errors/arm-error.ts';
import { invalidParameter, preconditionFailed } from '../errors/catalogue.ts';
import type { Call } from '../calls/call.ts';
import { withPolicyDefaults, withServiceDefaults } from '../model/defaults.ts';
import { ScaleSetModel } from '../model/schema.ts';
import type { World } from '../world.ts';

/** Strong etags, compared as they stand (arm-vmss.md 3.5). */
export function checkIfMatch(call: Call, current: string): void {
  const given = call.headers.get('if-match');
  if (given !== null && given !== '*' && given !== current) throw preconditionFailed(given, current);
}

/** A merged body as a model, or the refusal that names what is wrong with it. */
export function parseModel(world: World, merged: unknown): ScaleSetModel {
  const parsed = ScaleSetModel.safeParse(merged);
  if (parsed.success) return withServiceDefaults(world.profile, withPolicyDefaults(parsed.data));
  const issue = parsed.error.issues[0];
  if (issue === undefined)
    throw new ArmError(400, { code: 'BadRequest', message: z.prettifyError(parsed.error) });
  throw invalidParameter(issue.path.join('.'), `${issue.path.join('.')}: ${issue.message}`);
}
