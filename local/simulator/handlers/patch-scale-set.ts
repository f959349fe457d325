import { z } from 'zod';
import { ArmError } from '../errors/arm-error.ts';
import { invalidParameter, preconditionFailed } from '../errors/catalogue.ts';
import { toJson } from '../faults/inject.ts';
import { faultFor } from '../faults/match.ts';
import { bodyOf, type Call, type Reply } from '../http/call.ts';
import { mergePatch, writablePart } from '../model/merge.ts';
import { checkModelWrite } from '../model/restrictions.ts';
import { ScaleSetModel } from '../model/schema.ts';
import { etagText, type ScaleSet } from '../store/scale-set.ts';
import { operationHeaders } from '../wire/operation.ts';
import { scaleSetResource } from '../wire/scale-set.ts';
import { checkModelLimit, makesNewModel, writeModel } from '../work/model-write.ts';
import type { World } from '../world.ts';
import { checkAcceptance } from './acceptance.ts';
import { findScaleSet } from './find.ts';

/** Merges a change into the model; 200 with an operation to poll and no `Location` (arm-vmss.md 2). */
export function patchScaleSet(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  const patch = writablePart(bodyOf(call));
  checkAcceptance(world, set);
  checkIfMatch(call, set);
  const model = parseModel(mergePatch(toJson(set.model), patch));
  checkModelWrite(
    { before: set.model, after: model, patch },
    world.images,
    world.profile.propertyChangeStatus,
  );
  if (makesNewModel(world, set.model, model)) checkModelLimit(world, set);

  const fails = faultFor(world, 'operationFails', call.traits);
  const operation = writeModel(world, set, {
    model,
    patch,
    by: 'request',
    operation: 'patch',
    failure: fails === undefined ? undefined : { code: fails.code, message: fails.message },
  });
  return {
    status: 200,
    headers: { etag: etagText(set.etag), ...operationHeaders(world, call, operation, 'PATCH') },
    body: scaleSetResource(world, set),
    accepted: { set, operation },
  };
}

function checkIfMatch(call: Call, set: ScaleSet): void {
  const given = call.headers.get('if-match');
  const current = etagText(set.etag);
  if (given !== null && given !== '*' && given !== current) throw preconditionFailed(given, current);
}

function parseModel(merged: unknown): ScaleSetModel {
  const parsed = ScaleSetModel.safeParse(merged);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  if (issue === undefined)
    throw new ArmError(400, { code: 'BadRequest', message: z.prettifyError(parsed.error) });
  throw invalidParameter(issue.path.join('.'), `${issue.path.join('.')}: ${issue.message}`);
}
