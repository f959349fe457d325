import { operationNotAllowed } from '../errors/catalogue.ts';
import { faultFor } from '../faults/match.ts';
import type { Call, Reply } from '../calls/call.ts';
import type { OperationKind } from '../operations/table.ts';
import { canonical, valueAt, type JsonObject } from '../model/json.ts';
import type { ScaleSetModel } from '../model/schema.ts';
import { checkTakesOnlyLatest } from '../model/policies.ts';
import { checkModelWrite } from '../rules/restrictions.ts';
import type { Operation } from '../store/operations.ts';
import { etagText, liveInstances, type ScaleSet } from '../store/scale-set.ts';
import { operationHeaders } from '../wire/operation.ts';
import { scaleSetResource } from '../wire/scale-set.ts';
import { checkModelLimit, makesNewModel, writeModel } from '../work/model-write.ts';
import { MODEL_PART } from '../work/operation.ts';
import type { World } from '../world.ts';
import { checkAcceptance } from './acceptance.ts';
import { checkIfMatch, parseModel } from './model-body.ts';
import { checkQuota } from './quota.ts';
import { mergedModel } from './written-model.ts';
import { checkRollingUpgrade } from './rolling-upgrades.ts';

interface Written {
  readonly operation: OperationKind;
  /** The body as it was sent. */
  readonly patch: JsonObject;
  /** Extensions as resources know no etag; a header is ignored there. */
  readonly ignoresIfMatch?: boolean;
}

/** Checks a new model and takes it; 200 with an operation to poll and no `Location` (arm-vmss.md 2). */
export function writeToSet(world: World, call: Call, set: ScaleSet, written: Written): Reply {
  const { patch } = written;
  checkAcceptance(world, set);
  if (written.ignoresIfMatch !== true) checkIfMatch(call, etagText(set.etag));
  const model = parseModel(world, mergedModel(world, call, set, patch));
  checkModelWrite(
    { before: set.model, after: model, patch },
    world.images,
    world.profile.propertyChangeStatus,
  );
  if (world.profile.automaticOsUpgradeTakesOnlyLatest) checkTakesOnlyLatest(set.model, model);
  checkProximity(set, model);
  checkRollingUpgrade(world, set, model);
  if (makesNewModel(world, set.model, model)) checkModelLimit(world, set);
  checkQuota(world, set.name, {
    size: model.sku.name,
    added: model.sku.capacity - set.model.sku.capacity,
  });

  const fails = faultFor(world, 'operationFails', call.traits);
  const canceled = faultFor(world, 'operationCanceled', call.traits);
  const operation = writeModel(world, set, {
    model,
    patch,
    by: 'request',
    operation: written.operation,
    failure: fails === undefined ? undefined : { code: fails.code, message: fails.message },
    canceled,
  });
  return {
    status: 200,
    headers: {
      etag: etagText(set.etag),
      'x-ms-request-charge': String(instancesOf(operation)),
      ...operationHeaders(world, call, operation, 'PATCH'),
    },
    body: scaleSetResource(world, set),
    accepted: { set, operation },
  };
}

/** Another proximity placement group needs every instance deallocated (arm-vmss.md 3.4). */
function checkProximity(set: ScaleSet, model: ScaleSetModel): void {
  const path = 'properties.proximityPlacementGroup';
  if (canonical(valueAt(set.model, path)) === canonical(valueAt(model, path))) return;
  if (liveInstances(set).every(({ state }) => state.power === 'deallocated')) return;
  throw operationNotAllowed(
    `The proximity placement group of Virtual Machine Scale Set '${set.name}' can be changed only while all of its ` +
      'VMs are deallocated.',
  );
}

/** Instances that the write makes or takes away. */
function instancesOf({ pending }: Operation): number {
  return [...pending].filter((part) => part !== MODEL_PART).length;
}
